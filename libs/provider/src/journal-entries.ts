import { members } from './members.js';
import type { Usage } from './prices.js';

/** Written before a call is sent. */
export interface CallIntent {
  callId: string;
  videoId: string;
  unitKey: string;
  provider: string;
  vendor: string;
  /** `Account.id`: which credential, without giving it away. */
  accountId: string;
  endpoint: string;
  model: string;
  worstUsd: number;
  /** See `Expense.reference`; absent where it is not known before. */
  reference?: string;
  startedAt: string;
  /** After this the call is over, whether anybody wrote so or not. */
  givesUpAt: string;
}

/**
 * How a call ended. `answered`: complete, usable and billed. `refused`: the vendor answered with an error, which is not
 * billed. `unsent`: nothing left this machine. `unknown`: it was sent, and what became of it is not known.
 */
export type CallOutcome = 'answered' | 'refused' | 'unsent' | 'unknown';

/** A call without a usable reply. */
export interface BadOutcome {
  outcome: Exclude<CallOutcome, 'answered'>;
  code: string;
  status: number;
}

export interface CallEnd {
  outcome: CallOutcome;
  /** 0 where no reply came. */
  status: number;
  /** The failure's code; empty on success. */
  code: string;
  usage: Usage;
  /** Sure cost; 0 for `unknown`, whose possible cost is the intent's `worstUsd`. */
  costUsd: number;
  /** The vendor did not say what was used up, or what it charges is not known: usage or cost is worked out here. */
  isEstimate: boolean;
  /** How much more than the reserved worst case it came to, in US dollars; absent where it did not. */
  overUsd?: number;
  /** The vendor's own id of the request, for its support. */
  requestId: string;
  endedAt: string;
}

export interface JournaledCall extends CallIntent {
  /** Where the vendor can be asked later what became of the call (a ComfyUI prompt id …); empty where nowhere. */
  reference: string;
  /** Undefined while the call is running. */
  end: CallEnd | undefined;
  /** Its intent is damaged or lost: nobody can say what it may have cost. `worstUsd` is 0 and says nothing. */
  isDamaged?: true;
}

/** Whether nobody knows if a call was billed, once nothing of its video is running any more. */
export function isUnknownCall({ end, isDamaged }: JournaledCall): boolean {
  return isDamaged === true || !end || end.outcome === 'unknown';
}

/**
 * The calls of a book, oldest first. Pure. Of one whose intent is damaged or lost a placeholder stands there; an end that
 * is damaged counts as none, so that the call's worst case does.
 */
export function callsIn(videoId: string, entries: ReadonlyMap<string, unknown>): JournaledCall[] {
  const ids = new Set([...entries.keys()].map((name) => name.split('.')[0] ?? ''));
  return [...ids]
    .map((id) => callOf(videoId, id, entries))
    .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}

function callOf(videoId: string, id: string, entries: ReadonlyMap<string, unknown>): JournaledCall {
  const [intent, reference] = [entries.get(`${id}.intent`), entries.get(`${id}.reference`)];
  // What a later look-up at the vendor found stands above what the call itself had seen.
  const end = [entries.get(`${id}.resolution`), entries.get(`${id}.end`)].find(isEnd);
  if (!isIntent(intent)) return { ...lost(videoId, id), end };
  const own = { reference: '', ...intent, end };
  return isReference(reference) ? { ...own, ...reference } : own;
}

function lost(videoId: string, callId: string): JournaledCall {
  const never = new Date(0).toISOString();
  const whose = { provider: 'unknown', vendor: '', accountId: '', endpoint: '', model: '' };
  const about = { callId, videoId, unitKey: '', worstUsd: 0, startedAt: never, givesUpAt: never };
  return { ...about, ...whose, reference: '', end: undefined, isDamaged: true };
}

function isIntent(entry: unknown): entry is CallIntent {
  const { worstUsd, ...rest } = members(entry);
  const words = [rest['callId'], rest['unitKey'], rest['provider'], rest['startedAt']];
  return isAmount(worstUsd) && words.every((word) => typeof word === 'string');
}

function isEnd(entry: unknown): entry is CallEnd {
  const { outcome, costUsd } = members(entry);
  return OUTCOMES.has(outcome) && isAmount(costUsd);
}

const OUTCOMES: ReadonlySet<unknown> = new Set<CallOutcome>([
  'answered',
  'refused',
  'unsent',
  'unknown',
]);

function isReference(entry: unknown): entry is { reference: string } {
  return typeof members(entry)['reference'] === 'string';
}

function isAmount(usd: unknown): usd is number {
  return typeof usd === 'number' && Number.isFinite(usd) && usd >= 0;
}
