import { chainOf, namesOf } from '@aura/provider';
import { Failure, type FieldError } from '@aura/failure';
import type { WorkerReport } from '@aura/proto';

import type { Order } from './order.js';

const STAGES = ['script', 'voice', 'visuals'] as const;

/** What may have passed by the time that the job begins. */
const PASSING: ReadonlySet<string> = new Set([
  'CIRCUIT_OPEN',
  'TransientNetworkFailure',
  'NETWORK_TIMEOUT',
  'RATE_LIMIT_EXCEEDED',
  'API_ERROR',
]);

/** Whether a request names somebody who has to be there. */
export function namesProviders({ choice }: Order): boolean {
  return STAGES.some((stage) => (choice?.[stage] ?? '') !== '');
}

/**
 * The failure of a request that names providers who cannot do it, by what the workers say now: unknown ones, those
 * whose key is missing or refused, those who do not speak the language, those elsewhere for a job that is to be made
 * offline. Undefined where nobody is known to be unable, and where no worker has said anything. Pure.
 */
export function unusableChoice(
  order: Order,
  workers: readonly WorkerReport[],
): Failure | undefined {
  const fields = STAGES.flatMap((stage) => problemOf(stage, order, workers) ?? []);
  const [first] = fields;
  if (!first) return undefined;
  return new Failure(`InvalidInput:${first.field}`, `${first.field} ${first.message}.`, { fields });
}

function problemOf(
  stage: (typeof STAGES)[number],
  { choice, voice, brief }: Order,
  workers: readonly WorkerReport[],
): FieldError | undefined {
  const named = choice?.[stage] ?? '';
  const names = namesOf(stage, workers);
  if (named === '' || names.length === 0) return undefined;
  const field = `options.providers.${stage}`;
  if (!names.includes(named)) return { field, message: `must be one of ${names.join(', ')}` };
  const language = stage === 'voice' ? voice.language : brief.language;
  const { providers, unusable } = chainOf(stage, workers, { language, choice });
  const [found] = unusable;
  if (providers.length > 0 || !found || PASSING.has(found.code)) return undefined;
  const reason = found.reason.replace(/\.$/, '');
  return { field, message: `cannot be ${named} now: ${reason}` };
}
