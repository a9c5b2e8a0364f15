import { Failure } from '@aura/failure';
import type { WorkerReport } from '@aura/proto';
import { chainOf } from '@aura/provider';
import type { GenerateRequest } from './generate-request.js';
import { nameOf } from './language-problem.js';
import type { Order } from './order.js';
import { wordsOf } from './timeline/timeline-of.js';

const FIELD = 'options.language';

/** What may have passed by the time that the job begins. */
const PASSING =
  /^(?:TransientNetworkFailure|NETWORK_TIMEOUT|RATE_LIMIT_EXCEEDED|API_ERROR|CIRCUIT_OPEN)/;
const SPEAKS_NOT = 'VoiceUnavailable:';

/** Whether a request says the language in which something is to be spoken. */
export function namesLanguage({ options, timeline }: GenerateRequest): boolean {
  return options?.language != null && (timeline == null || wordsOf(timeline) !== '');
}

/**
 * The failure of a request that names a language which no voice here speaks, by what the workers say now. Undefined
 * where somebody may, and where the request names none, or who is to speak it. Pure.
 */
export function unspokenLanguage(
  request: GenerateRequest,
  { voice: { language }, choice }: Order,
  workers: readonly WorkerReport[],
): Failure | undefined {
  if (!namesLanguage(request) || choice?.voice) return undefined;
  const { providers, unusable } = chainOf('voice', workers, { language, choice });
  const speakers = unusable.filter(
    ({ report, code }) => report.usable && code.startsWith(SPEAKS_NOT),
  );
  if (providers.length > 0 || speakers.length === 0) return undefined;
  if (unusable.some(({ code }) => PASSING.test(code))) return undefined;
  const spoken = speakers.flatMap(({ report }) => report.languages);
  const other = spoken.includes('en') ? 'en' : (spoken[0] ?? 'en');
  const message = `must be a language that a voice here speaks, such as "${other}": none speaks ${nameOf(language)} (${language}) now`;
  return new Failure(`InvalidInput:${FIELD}`, `${FIELD} ${message}.`, {
    fields: [{ field: FIELD, message }],
    remediation: 'Choose another language, or configure a voice that speaks it (docs/voices.md).',
  });
}
