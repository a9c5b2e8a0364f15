import { chainOf, estimateCost, namesOf } from '@aura/provider';
import { Failure, type FieldError } from '@aura/failure';
import type { ProviderReport, WorkerReport } from '@aura/proto';

import type { Order } from './order.js';
import { limitOf, type Purse } from './purse.js';
import { usd } from './usd.js';

const STAGES = ['script', 'voice', 'visuals'] as const;

/** What may have passed by the time that the job begins. */
const PASSING: ReadonlySet<string> = new Set([
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
 * offline, those of whom the budget of the job or of the day holds not one call; CIRCUIT_OPEN, with the time to wait, for one that is left alone.
 * Undefined where nobody is known to be unable, and where no worker has said anything. Pure.
 */
export function unusableChoice(
  order: Order,
  workers: readonly WorkerReport[],
  purse?: Purse,
  nowMs = Date.now(),
): Failure | undefined {
  const problems = STAGES.flatMap((stage) => problemOf(stage, { order, workers, purse }) ?? []);
  const [first] = problems;
  if (!first) return undefined;
  const fields = problems.map(({ field, message }) => ({ field, message }));
  const message = `${first.field} ${first.message}.`;
  const { resting, remediation } = first;
  if (problems.every((one) => one.resting) && resting) {
    return new Failure('CIRCUIT_OPEN', message, { fields, retryAfterMs: waitMs(resting, nowMs) });
  }
  const more = remediation === undefined ? {} : { remediation };
  return new Failure(`InvalidInput:${first.field}`, message, { fields, ...more });
}

interface Problem extends FieldError {
  /** The provider, where its breaker is open and nothing else is wrong. */
  resting?: ProviderReport;
  remediation?: string;
}

/** Workers say every 15 s what there is. */
const TOLD_WITHIN_MS = 15_000;
const USUAL_REST_MS = 60_000;

/** Until a trial may be made, and all workers have said so. */
function waitMs({ health }: ProviderReport, nowMs: number): number {
  const trialMs = Date.parse(health?.trialAt ?? '');
  const restMs = Number.isNaN(trialMs) ? USUAL_REST_MS : Math.max(0, trialMs - nowMs);
  return restMs + TOLD_WITHIN_MS;
}

function problemOf(
  stage: (typeof STAGES)[number],
  {
    order: { choice, voice, brief },
    workers,
    purse,
  }: { order: Order; workers: readonly WorkerReport[]; purse: Purse | undefined },
): Problem | undefined {
  const named = choice?.[stage] ?? '';
  const names = namesOf(stage, workers);
  if (named === '' || names.length === 0) return undefined;
  const field = `options.providers.${stage}`;
  if (!names.includes(named)) return { field, message: `must be one of ${names.join(', ')}` };
  const language = stage === 'voice' ? voice.language : brief.language;
  const { providers, unusable } = chainOf(stage, workers, { language, choice });
  const [usable] = providers;
  if (usable) return purse && unaffordable(field, usable, purse);
  const [found] = unusable;
  if (!found || PASSING.has(found.code)) return undefined;
  const message = `cannot be ${named} now: ${found.reason.replace(/\.$/, '')}`;
  return found.code === 'CIRCUIT_OPEN'
    ? { field, message, resting: found.report }
    : { field, message };
}

/** Whoever is named is not replaced, so that a budget which holds not one of its calls fails the job for sure. */
function unaffordable(field: string, provider: ProviderReport, purse: Purse): Problem | undefined {
  const [cost] = estimateCost(purse.film, [provider]);
  const limit = limitOf(purse);
  if (!limit || !cost) return undefined;
  const { name } = provider;
  const raise = limit.isOfDay
    ? 'Wait until the day (UTC) is over or running jobs have ended, or raise AURA_DAY_BUDGET_USD'
    : 'Raise options.budgetUsd';
  const remediation = `${raise}; or name no provider, and those that cost nothing do what the budget does not hold.`;
  if (!cost.isPriced) {
    const message = `cannot be ${name} with a budget: what it costs is not known`;
    return { field, message, remediation: `Set AURA_PRICES for it. ${remediation}` };
  }
  if (cost.leastCallUsd <= limit.usd) return undefined;
  const atLeast = `one call reserves ${usd(cost.leastCallUsd)} USD at least`;
  const message = limit.isOfDay
    ? `cannot be ${name} today: the budget of the day (AURA_DAY_BUDGET_USD) has ${usd(limit.usd)} USD left, and ${atLeast}`
    : `cannot be ${name} with a budget of ${usd(limit.usd)} USD: ${atLeast}`;
  return { field, message, remediation };
}
