import { randomBytes } from 'node:crypto';
import type { Ledger } from '@aura/storage';
import { Failure } from '@aura/failure';
import {
  callsIn,
  isUnknownCall,
  type BadOutcome,
  type CallEnd,
  type CallIntent,
  type JournaledCall,
} from './journal-entries.js';
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
  /**
   * What it did use up, from the reply; marked `isEstimate` where the vendor did not say it. Undefined, absent or throwing
   * counts as the worst.
   */
  usageOf?: (reply: Reply) => Usage | undefined;
  /** Where the vendor can be asked later what became of the call, where that is chosen before it is sent. */
  reference?: string;
  /** The same, where the vendor chooses it: from its reply. Undefined or throwing counts as none. */
  referenceOf?: (reply: Reply) => string | undefined;
  /** The most that all calls of the video may cost together, in US dollars (`JobRef.capUsd`); undefined for no cap. */
  capUsd: number | undefined;
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
   * Errors: BUDGET_EXCEEDED, also where the book is damaged; what the ledger throws. Then nothing may be sent, and
   * nothing stays reserved.
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
    try {
      const { sureUsd, possibleUsd } = await this.spent(opened.intent.videoId);
      if (sureUsd + possibleUsd <= capUsd + ROUNDING_USD) return;
      const worst = opened.intent.worstUsd;
      throw new Failure('BUDGET_EXCEEDED', 'The budget of the job does not hold this call.', {
        details: `the call: at most ${worst} USD; with it the job: ${sureUsd + possibleUsd} of ${capUsd} USD`,
      });
    } catch (error) {
      const code = error instanceof Failure ? error.code : 'InternalError';
      // Where this cannot be written the worst case stays reserved: too much, and never too little.
      await opened.failed({ outcome: 'unsent', code, status: 0 }).catch(() => undefined);
      throw error;
    }
  }

  /** All calls of a video, oldest first; `unitKey` narrows to one unit of work. */
  async calls(videoId: string, unitKey?: string): Promise<JournaledCall[]> {
    let calls = callsIn(videoId, await this.ledger.read(videoId));
    // An intent that is written while a folder is listed may be missed where its end is not; not so the second time.
    if (calls.some(isDamaged)) calls = callsIn(videoId, await this.ledger.read(videoId));
    return calls.filter((call) => unitKey === undefined || call.unitKey === unitKey);
  }

  /** Writes what a look-up at the vendor found out about an unknown call. Idempotent. */
  async resolve(call: JournaledCall, end: Omit<CallEnd, 'endedAt'>): Promise<void> {
    await this.write(call, 'resolution', { ...end, endedAt: isoTime(this.now()) });
  }

  /**
   * What a video's calls cost for sure, and what its unknown and running ones may have cost on top. US dollars.
   * Errors: BUDGET_EXCEEDED where an intent is damaged or lost, since nobody can say what its call cost.
   */
  async spent(videoId: string): Promise<{ sureUsd: number; possibleUsd: number }> {
    const calls = await this.calls(videoId);
    if (calls.some(isDamaged)) {
      throw new Failure(
        'BUDGET_EXCEEDED',
        'The journal of the job’s calls is damaged, so nobody can say what is left of its budget.',
      );
    }
    return {
      sureUsd: sum(calls.map(({ end }) => end?.costUsd ?? 0)),
      possibleUsd: sum(calls.filter(isUnknownCall).map(({ worstUsd }) => worstUsd)),
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
    const { price, worst, usageOf, referenceOf } = this.expense;
    const told = quietly(() => usageOf?.(reply));
    const { isEstimate = false, ...usage } = told ?? { ...worst, isEstimate: true };
    const costUsd = costOf(price, usage);
    const overUsd = costUsd - this.intent.worstUsd;
    const reference = quietly(() => referenceOf?.(reply));
    if (reference !== undefined) await this.refer(reference);
    await this.end({
      outcome: 'answered',
      status: reply.status,
      code: '',
      usage,
      costUsd,
      isEstimate: isEstimate || price.isGuess === true,
      ...(overUsd > ROUNDING_USD ? { overUsd } : {}),
      requestId: reply.headers['x-request-id'] ?? reply.headers['request-id'] ?? '',
    });
  }

  /** No usable reply. */
  async failed({ outcome, code, status }: BadOutcome): Promise<void> {
    const nothing = { usage: {}, costUsd: 0, isEstimate: false, requestId: '' };
    await this.end({ outcome, status, code, ...nothing });
  }

  private async end(end: Omit<CallEnd, 'endedAt'>): Promise<void> {
    await this.journal.write(this.intent, 'end', { ...end, endedAt: this.journal.time() });
  }
}

/** The reply is a vendor's: whatever shape it has, the call must be written down. */
function quietly<T>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function isDamaged(call: JournaledCall): boolean {
  return call.isDamaged === true;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
