import { isIPv6 } from 'node:net';
import { Failure } from '@aura/failure';
import type { Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { keyNameOf, type Principal } from './principal.js';

export interface RateLimitSettings {
  /** Requests a minute that one key may send; 0 for no limit. */
  perKey: number;
  /** And one address, whatever its keys, where keys are needed; 0 for no limit. */
  perAddress: number;
}

const WINDOW_S = 60;
/** A wrong key counts as so many requests: who tries keys out has few tries. */
const WRONG_KEY_COSTS = 20;

/**
 * How many requests may be sent. Counted in the memory of this process, so that a request costs no write to the database:
 * several gateways together let through as many times more.
 */
export class RateLimits {
  private readonly byKey: RateLimiterMemory | undefined;
  private readonly byAddress: RateLimiterMemory | undefined;

  constructor({ perKey, perAddress }: RateLimitSettings) {
    this.byKey = limiterOf(perKey);
    this.byAddress = limiterOf(perAddress);
  }

  /** One request of an address. Errors: TooManyRequests. */
  async ofAddress(address: string): Promise<void> {
    await take(this.byAddress, networkOf(address));
  }

  /** An address has sent a wrong key. */
  async wrongKey(address: string): Promise<void> {
    await this.byAddress?.penalty(networkOf(address), WRONG_KEY_COSTS);
  }

  /** One request of a key; its headers say how many more there may be. Errors: TooManyRequests. */
  async ofKey(principal: Principal, response: Pick<Response, 'setHeader'>): Promise<void> {
    if (!this.byKey) return;
    const { points } = this.byKey;
    response.setHeader('RateLimit-Policy', `"key";q=${points};w=${WINDOW_S}`);
    const taken = await this.byKey.consume(keyNameOf(principal)).catch(resultOrThrow);
    const { remainingPoints, msBeforeNext } = taken;
    const left = `"key";r=${Math.max(0, remainingPoints)};t=${Math.ceil(msBeforeNext / 1_000)}`;
    response.setHeader('RateLimit', left);
    if (taken.consumedPoints > points) throw tooMany('This key', msBeforeNext);
  }
}

function limiterOf(points: number): RateLimiterMemory | undefined {
  return points === 0 ? undefined : new RateLimiterMemory({ points, duration: WINDOW_S });
}

async function take(limiter: RateLimiterMemory | undefined, name: string): Promise<void> {
  if (!limiter) return;
  const { consumedPoints, msBeforeNext } = await limiter.consume(name).catch(resultOrThrow);
  if (consumedPoints > limiter.points) throw tooMany('This address', msBeforeNext);
}

/** Who is refused gets the same result, as something thrown. */
function resultOrThrow(thrown: unknown): RateLimiterRes {
  if (thrown instanceof RateLimiterRes) return thrown;
  throw thrown;
}

function tooMany(who: string, msBeforeNext: number): Failure {
  return new Failure('TooManyRequests', `${who} has sent more requests than it may in a minute.`, {
    retryAfterMs: Math.max(1_000, msBeforeNext),
  });
}

/** Of IPv6 the network: a subscriber has all addresses of a /64. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const ends = tail.split(':').filter(Boolean);
  const zeros = Array.from({ length: 8 - groups.length - ends.length }, () => '0');
  const all = address.includes('::') ? [...groups, ...zeros, ...ends] : groups;
  return all.slice(0, 4).join(':');
}
