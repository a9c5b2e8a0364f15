import { expect, test } from 'vitest';
import type { Principal } from './principal.js';
import { networkOf, RateLimits } from './rate-limits.js';

const headers = new Map<string, unknown>();
const response = {
  setHeader: (name: string, value: unknown) => headers.set(name, value),
} as unknown as Parameters<RateLimits['ofKey']>[1];

function key(who: string, tenantId = 'local'): Principal {
  return { tenantId, who, role: 'member', scopes: [], keyId: who };
}

test('a key is served as often as it may be, and told when it may again', async () => {
  const limits = new RateLimits({ perKey: 3, perAddress: 0 });
  for (const left of [2, 1, 0]) {
    await limits.ofKey(key('a'), response);
    expect(headers.get('RateLimit')).toMatch(new RegExp(`^"key";r=${left};t=\\d+$`));
  }
  expect(headers.get('RateLimit-Policy')).toBe('"key";q=3;w=60');
  const refused = await limits.ofKey(key('a'), response).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'TooManyRequests', retryAfterMs: expect.any(Number) });
  await limits.ofKey(key('b'), response);
  await limits.ofKey(key('a', 'other'), response);
});

test('who tries keys out is soon refused, and only there', async () => {
  const limits = new RateLimits({ perKey: 0, perAddress: 50 });
  for (let tries = 0; tries < 3; tries += 1) {
    await limits.ofAddress('10.0.0.1');
    await limits.wrongKey('10.0.0.1');
  }
  await expect(limits.ofAddress('10.0.0.1')).rejects.toMatchObject({ code: 'TooManyRequests' });
  await limits.ofAddress('10.0.0.2');
});

test('all addresses of one subscriber are one', () => {
  expect(networkOf('10.1.2.3')).toBe('10.1.2.3');
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0');
  expect(networkOf('::1')).toBe('0:0:0:0');
});
