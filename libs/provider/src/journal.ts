import { randomBytes } from 'node:crypto';
import type { Ledger } from '@aura/storage';
import { Failure } from '@aura/failure';
import { costOf, type Price, type Usage } from './prices.js';
import type { Reply } from './vendor-call.js';

/** What a call may cost and whom it is for. */
export interface Expense {
  videoId: string;
  /** Key of the unit of work that the call is made for. */
  unitKey: string;
  /** The provider's name in its stage's registry. */
  provider: string;
  price: Price;
  /** The most that the call can use up: what is reserved before it, and counted where nothing better is known. */
  worst: Usage;
  /** What it did use up, from the reply. Undefined, absent or throwing counts as the worst. */
  usageOf?: (reply: Reply) => Usage | undefined;
  /** Where the vendor can be asked later what became of the call, where that is chosen before it is sent. */
  reference?: string;
  /** The same, where the vendor chooses it: from its reply. Must not throw. */
  referenceOf?: (reply: Reply) => string | undefined;
  /** The most that all calls of the video may cost together, in US dollars (`JobRef.capUsd`); undefined for no cap. */
  capUsd: number | undefined;
}

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
  /** The vendor did not say what was used up, so the worst case stands for it. */
  isEstimate: boolean;
  /** The vendor's own id of the request, for its support. */
  requestId: string;
  endedAt: string;
}

export interface JournaledCall extends CallIntent {
  /** Where the vendor can be asked later what became of the call (a ComfyUI prompt id …); empty where nowhere. */
  reference: string;
  /** Undefined while the call is running. */
  end: CallEnd | undefined;
}

/**
 * The call journal: an intent before every call that costs money, its end after it, in a ledger with one book per
 * video. An intent without an end that is past its time is a call of which nobody knows whether it was billed.
 * Entries hold no credential, no prompt and no reply.
 */
export class CallJournal {
  constructor(
    private readonly ledger: Ledger,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Reserves the worst case by writing the intent; on disk when it returns. Calls at the same time see each other's
   * intents, so that together they never reserve more than the cap; where two meet at its edge both may be refused.
   * Errors: BUDGET_EXCEEDED, and then nothing may be sent; what the ledger throws.
   */
  async open(expense: Expense, call: CallDescription): Promise<OpenCall> {
    const worstUsd = costOf(expense.price, expense.worst);
    const nowMs = this.now();
    const intent: CallIntent = {
      callId: randomBytes(8).toString('hex'),
      videoId: expense.videoId,
      unitKey: expense.unitKey,
      provider: expense.provider,
      vendor: call.vendor,
      accountId: call.accountId,
      endpoint: call.endpoint,
      model: call.model,
      worstUsd,
      ...(expense.reference === undefined ? {} : { reference: expense.reference }),
      startedAt: isoTime(nowMs),
      givesUpAt: isoTime(nowMs + call.totalMs),
    };
    await this.write(intent, 'intent', intent);
    const opened = new OpenCall(intent, expense, this);
    if (worstUsd > 0 && expense.capUsd !== undefined) await this.holdCap(opened, expense.capUsd);
    return opened;
  }

  private async holdCap(opened: OpenCall, capUsd: number): Promise<void> {
    const { sureUsd, possibleUsd } = await this.spent(opened.intent.videoId);
    if (sureUsd + possibleUsd <= capUsd + ROUNDING_USD) return;
    await opened.failed({ outcome: 'unsent', code: 'BUDGET_EXCEEDED', status: 0 });
    const worst = opened.intent.worstUsd;
    throw new Failure('BUDGET_EXCEEDED', 'The budget of the job does not hold this call.', {
      details: `the call: at most ${worst} USD; with it the job: ${sureUsd + possibleUsd} of ${capUsd} USD`,
    });
  }

  /** All calls of a video, oldest first; `unitKey` narrows to one unit of work. */
  async calls(videoId: string, unitKey?: string): Promise<JournaledCall[]> {
    const calls = new Map<string, JournaledCall>();
    const entries = await this.ledger.read(videoId);
    const rest: [id: string, kind: string, entry: unknown][] = [];
    for (const [name, entry] of entries) {
      const [id = '', kind = ''] = name.split('.');
      if (kind === 'intent')
        calls.set(id, { reference: '', ...(entry as CallIntent), end: undefined });
      else rest.push([id, kind, entry]);
    }
    for (const [id, kind, entry] of rest) {
      const call = calls.get(id);
      if (!call) continue;
      if (kind === 'reference') call.reference = (entry as { reference: string }).reference;
      // What a later look-up at the vendor found stands above what the call itself had seen.
      else if (kind === 'resolution') call.end = entry as CallEnd;
      else if (kind === 'end') call.end ??= entry as CallEnd;
    }
    return [...calls.values()]
      .filter((call) => unitKey === undefined || call.unitKey === unitKey)
      .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  }

  /**
   * Calls of which nobody knows whether they were billed: those that ended so, and those that were begun and are
   * past their time. With `isOver` (nothing of this video can be running any more) every call without an end.
   */
  async unknownCalls(videoId: string, { isOver = false } = {}): Promise<JournaledCall[]> {
    const nowMs = this.now();
    const calls = await this.calls(videoId);
    return calls.filter(({ end, givesUpAt }) =>
      end ? end.outcome === 'unknown' : isOver || Date.parse(givesUpAt) < nowMs,
    );
  }

  /** Writes what a look-up at the vendor found out about an unknown call. Idempotent. */
  async resolve(call: JournaledCall, end: Omit<CallEnd, 'endedAt'>): Promise<void> {
    await this.write(call, 'resolution', { ...end, endedAt: isoTime(this.now()) });
  }

  /** What a video's calls cost for sure, and what its unknown and running ones may have cost on top. US dollars. */
  async spent(videoId: string): Promise<{ sureUsd: number; possibleUsd: number }> {
    const calls = await this.calls(videoId);
    return {
      sureUsd: sum(calls.map(({ end }) => end?.costUsd ?? 0)),
      possibleUsd: sum(calls.filter(mayHaveCost).map(({ worstUsd }) => worstUsd)),
    };
  }

  /** For `OpenCall`. */
  async write({ videoId, callId }: CallIntent, kind: EntryKind, entry: unknown): Promise<void> {
    await this.ledger.write(videoId, `${callId}.${kind}`, entry);
  }

  /** For `OpenCall`. */
  time(): string {
    return isoTime(this.now());
  }
}

/** Sums of binary fractions are not exact; a millionth of a cent is nobody's money. */
const ROUNDING_USD = 1e-8;

type EntryKind = 'intent' | 'reference' | 'end' | 'resolution';

interface CallDescription {
  vendor: string;
  accountId: string;
  endpoint: string;
  model: string;
  totalMs: number;
}

/** A call that has been announced and has not ended. */
export class OpenCall {
  constructor(
    readonly intent: CallIntent,
    private readonly expense: Expense,
    private readonly journal: CallJournal,
  ) {}

  /** Notes where the vendor can be asked later what became of the call. Idempotent. */
  async refer(reference: string): Promise<void> {
    await this.journal.write(this.intent, 'reference', { reference });
  }

  /** A complete reply: it is billed, by what it says it used up or else by the worst case. */
  async answered(reply: Reply): Promise<void> {
    const usage = this.usageOf(reply);
    const reference = this.expense.referenceOf?.(reply);
    if (reference !== undefined) await this.refer(reference);
    await this.end({
      outcome: 'answered',
      status: reply.status,
      code: '',
      usage: usage ?? this.expense.worst,
      costUsd: costOf(this.expense.price, usage ?? this.expense.worst),
      isEstimate: usage === undefined,
      requestId: reply.headers['x-request-id'] ?? reply.headers['request-id'] ?? '',
    });
  }

  /** No usable reply. */
  async failed({ outcome, code, status }: BadOutcome): Promise<void> {
    const nothing = { usage: {}, costUsd: 0, isEstimate: false, requestId: '' };
    await this.end({ outcome, status, code, ...nothing });
  }

  /** The reply is a vendor's: whatever shape it has, the call must be written down. */
  private usageOf(reply: Reply): Usage | undefined {
    try {
      return this.expense.usageOf?.(reply);
    } catch {
      return undefined;
    }
  }

  private async end(end: Omit<CallEnd, 'endedAt'>): Promise<void> {
    await this.journal.write(this.intent, 'end', { ...end, endedAt: this.journal.time() });
  }
}

function mayHaveCost({ end }: JournaledCall): boolean {
  return !end || end.outcome === 'unknown';
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
