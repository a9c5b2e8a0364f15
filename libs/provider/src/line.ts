import { Failure } from '@aura/failure';
import type { Account } from './account.js';
import type { CallEnding } from './breaker.js';
import { DEFAULT_TIMEOUTS, limitsOf, type OutgoingCall } from './call-request.js';
import { checkJson, errorBody, isJson, mediaTypeOf, replyOf } from './call-reply.js';
import { endOf, RefusedCall, type BadEnd } from './call-end.js';
import type { EndpointStates } from './endpoint-states.js';
import { exchange } from './http/exchange.js';
import type { Pools } from './http/pools.js';
import type { OpenCall } from './journal.js';
import { Limiter } from './limiter.js';
import type { Reply, SdkCall } from './vendor-call.js';
import { failureOfReply } from './vendor-failure.js';
import type { VendorsDeps } from './vendors.js';

interface LineDeps extends VendorsDeps {
  now: () => number;
  states: EndpointStates;
  pools: Pools;
}

/** How a call is sent, besides what its caller says of it. */
export interface Sending {
  saveTo?: string | undefined;
  /** Throws API_ERROR for a complete reply of success that is of no use. `checkJson` unless given. */
  check?: (reply: Reply, call: SdkCall) => void;
}

/** What every call goes through: a place, the breaker's leave, an intent, the exchange, and a word on how it ended. */
export class Line {
  private readonly limiters = new Map<string, Limiter>();

  constructor(private readonly deps: LineDeps) {}

  /** Errors: Failure, what the disk says with `saveTo`, the signal's own reason. */
  async make(call: SdkCall, outgoing: OutgoingCall, sending: Sending = {}): Promise<Reply> {
    const { account, endpoint, signal } = call;
    const { states } = this.deps;
    return this.limiterOf(account).run(signal, async () => {
      const admission = states.admit(account, endpoint);
      let ending: CallEnding = 'neutral';
      let failure: Failure | undefined;
      try {
        const open = await this.announce(call);
        const ended = await this.send(call, outgoing, sending);
        if (!('error' in ended)) {
          ending = 'success';
          await written(open?.answered(ended));
          return ended;
        }
        ({ ending, failure } = ended);
        await written(open?.failed(ended));
        throw ended.error;
      } finally {
        states.settle({ account, endpoint, admission }, ending, failure);
      }
    });
  }

  /** The exchange alone, without place, breaker and journal. Errors: WireFault, RefusedCall, API_ERROR, and as `make`. */
  async exchange(
    call: SdkCall,
    outgoing: OutgoingCall,
    { saveTo, onSent }: Pick<Sending, 'saveTo'> & { onSent?: () => void } = {},
  ): Promise<Reply> {
    const { account, signal, mediaTypes, model = '' } = call;
    const limits = this.limitsOf(call);
    const startedMs = performance.now();
    const wire = await exchange({
      ...outgoing,
      dispatcher: this.deps.pools.take(account.runs, limits.connectMs),
      limits,
      signal,
      saveTo,
      onSent,
      isWanted: (headers) => isWanted(mediaTypeOf(headers), mediaTypes),
    });
    if (wire.status >= 300) {
      const { status, headers } = wire;
      const reply = { status, headers, body: errorBody(wire) };
      throw new RefusedCall(
        reply,
        failureOfReply({ account, reply, model, nowMs: this.deps.now() }),
      );
    }
    return replyOf(account, wire, performance.now() - startedMs);
  }

  private async send(
    call: SdkCall,
    outgoing: OutgoingCall,
    { saveTo, check = checkJson }: Sending,
  ): Promise<Reply | BadEnd> {
    let isSent = false;
    try {
      const onSent = () => void (isSent = true);
      const reply = await this.exchange(call, outgoing, { saveTo, onSent });
      check(reply, call);
      return reply;
    } catch (error) {
      return endOf(call, error, isSent);
    }
  }

  private async announce(call: SdkCall): Promise<OpenCall | undefined> {
    const { account, endpoint, model = '', expense } = call;
    if (!expense) return undefined;
    if (!this.deps.journal) throw new TypeError('calls that cost money need a journal');
    const { vendor, id: accountId } = account;
    if (account.runs === 'remote' && expense.capUsd !== undefined && expense.price.isGuess) {
      throw withoutPrice(vendor, model);
    }
    const { totalMs } = this.limitsOf(call);
    return this.deps.journal.open(expense, { vendor, accountId, endpoint, model, totalMs });
  }

  private limitsOf({ account, limits }: SdkCall) {
    return limitsOf(account, this.deps.timeouts ?? DEFAULT_TIMEOUTS, limits);
  }

  private limiterOf({ id, maxConcurrentCalls }: Account): Limiter {
    const found = this.limiters.get(id);
    if (found) return found;
    const made = new Limiter(maxConcurrentCalls);
    this.limiters.set(id, made);
    return made;
  }
}

/**
 * A reply that is there is not lost, nor a failure hidden, because the journal's disk is ill: an intent without an end
 * says already that the outcome is unknown, and counts at its worst.
 */
async function written(writing: Promise<void> | undefined): Promise<void> {
  await writing?.catch(() => undefined);
}

/** A cap rests on prices: what a call costs at most must be known before it is made. */
function withoutPrice(vendor: string, model: string): Failure {
  const message = `What ${model || 'this'} costs at ${vendor} is not known, so no budget holds it: set AURA_PRICES.`;
  return new Failure('BUDGET_EXCEEDED', message, { details: `${vendor}/${model}=unit:usd` });
}

/** "audio/" stands for every kind of audio. */
function isWanted(mediaType: string, wanted: readonly string[] | undefined): boolean {
  if (!wanted) return true;
  return wanted.some((one) =>
    one.endsWith('/')
      ? mediaType.startsWith(one)
      : mediaType === one || (isJson(one) && isJson(mediaType)),
  );
}
