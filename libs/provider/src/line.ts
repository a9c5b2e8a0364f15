import type { Failure } from '@aura/failure';
import type { Account } from './account.js';
import type { CallEnding } from './breaker.js';
import { DEFAULT_TIMEOUTS, limitsOf, type OutgoingCall } from './call-request.js';
import { checkJson, errorBody, mediaTypeOf, replyOf } from './call-reply.js';
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

/** What every call goes through: a place, the breaker's leave, an intent, the exchange, and a word on how it ended. */
export class Line {
  private readonly limiters = new Map<string, Limiter>();

  constructor(private readonly deps: LineDeps) {}

  /** Errors: Failure, what the disk says with `saveTo`, the signal's own reason. */
  async make(call: SdkCall, outgoing: OutgoingCall, saveTo?: string): Promise<Reply> {
    const { account, endpoint, signal } = call;
    const { states } = this.deps;
    return this.limiterOf(account).run(signal, async () => {
      const admission = states.admit(account, endpoint);
      let ending: CallEnding = 'neutral';
      let failure: Failure | undefined;
      try {
        const open = await this.announce(call);
        const ended = await this.send(call, outgoing, saveTo);
        if (!('error' in ended)) {
          ending = 'success';
          await open?.answered(ended);
          return ended;
        }
        ({ ending, failure } = ended);
        await open?.failed(ended);
        throw ended.error;
      } finally {
        states.settle({ account, endpoint, admission }, ending, failure);
      }
    });
  }

  /** The exchange alone, without place, breaker and journal. Errors: WireFault, RefusedCall, API_ERROR, and as `make`. */
  async exchange(call: SdkCall, outgoing: OutgoingCall, saveTo?: string): Promise<Reply> {
    const { account, signal, mediaTypes, model = '' } = call;
    const limits = this.limitsOf(call);
    const startedMs = performance.now();
    const wire = await exchange({
      ...outgoing,
      dispatcher: this.deps.pools.take(account.runs, limits.connectMs),
      limits,
      signal,
      saveTo,
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
    saveTo: string | undefined,
  ): Promise<Reply | BadEnd> {
    try {
      const reply = await this.exchange(call, outgoing, saveTo);
      checkJson(reply);
      return reply;
    } catch (error) {
      return endOf(call, error);
    }
  }

  private async announce(call: SdkCall): Promise<OpenCall | undefined> {
    const { account, endpoint, model = '', expense } = call;
    if (!expense) return undefined;
    if (!this.deps.journal) throw new TypeError('calls that cost money need a journal');
    const { vendor, id: accountId } = account;
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

/** "audio/" stands for every kind of audio. */
function isWanted(mediaType: string, wanted: readonly string[] | undefined): boolean {
  if (!wanted) return true;
  return wanted.some((one) => (one.endsWith('/') ? mediaType.startsWith(one) : mediaType === one));
}
