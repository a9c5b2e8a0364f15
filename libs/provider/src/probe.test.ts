import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Account } from './account.js';
import { openAiAccount } from './accounts/openai.js';
import { compatibleAccount } from './accounts/openai-compatible.js';
import { elevenLabsAccount } from './accounts/elevenlabs.js';
import { createVendors } from './create-vendors.js';
import { FaultServer, hang, json, reset, type Answer } from './fault-server.test-kit.js';
import type { Vendors } from './vendors.js';

let server: FaultServer;
let vendors: Vendors;
let account: Account;

beforeEach(async () => {
  server = await FaultServer.start();
  vendors = createVendors();
  account = openAiAccount({ key: 'sk-0123456789abcdefghij', baseUrl: `${server.url}/v1` });
});
afterEach(async () => {
  await vendors.close();
  await server.stop();
});

test.each<[what: string, answer: Answer, found: object]>([
  [
    'a good key',
    json({ data: [{ id: 'gpt-4o-mini' }, { nonsense: 1 }] }),
    { reachable: true, authentic: true, models: ['gpt-4o-mini'], problem: undefined },
  ],
  [
    'a wrong key',
    json({}, 401),
    {
      reachable: true,
      authentic: false,
      problem: { code: 'AUTH_FAILED', message: 'Invalid API key' },
    },
  ],
  [
    'an ill service',
    json({}, 503),
    { reachable: true, authentic: undefined, problem: { code: 'API_ERROR' } },
  ],
  ['no money', json({}, 402), { reachable: true, authentic: true }],
  ['garbage', json('{'), { problem: { code: 'API_ERROR' } }],
  ['nobody', reset, { reachable: false, authentic: undefined }],
  ['a hang', hang, { reachable: false, problem: { code: 'NETWORK_TIMEOUT' } }],
])('a probe tells %s', async (_what, answer, found) => {
  server.answer = answer;
  const probe = await vendors.probe(account, { totalMs: 200 });
  expect(probe).toMatchObject(found);
  expect(probe.models.length).toBeLessThanOrEqual(1);
  expect(server.seen[0]?.url).toBe('/v1/models');
});

test('a server on this machine needs no key, and a cancel of its probe is thrown', async () => {
  server.answer = json({ data: [] });
  const local = compatibleAccount({
    baseUrl: `${server.url}/v1`,
    addressSetting: 'SERVER_URL',
    keySetting: 'SERVER_KEY',
  });
  expect(await vendors.probe(local)).toMatchObject({ reachable: true, authentic: undefined });
  expect(server.seen[0]?.headers.authorization).toBeUndefined();
  const reason = new Error('canceled');
  await expect(vendors.probe(local, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('vendors that reach the public only never connect to an address inside that a user has named', async () => {
  const outside = createVendors({ reach: 'public' });
  for (const host of [server.url, server.url.replace('127.0.0.1', 'localhost')]) {
    const named = openAiAccount({ key: 'sk-0123456789abcdefghij', baseUrl: `${host}/v1` });
    expect(await outside.probe(named)).toMatchObject({
      reachable: false,
      problem: { code: 'INVALID_CONFIG' },
    });
    const called = outside.callVendor({ account: named, endpoint: 'chat', path: '/chat' });
    await expect(called).rejects.toMatchObject({ code: 'INVALID_CONFIG', retryable: false });
  }
  expect(server.seen).toEqual([]);
  expect(server.connections).toBe(0);
  await outside.close();
});

test('a key that may do its work and not list models is a key', async () => {
  server.answer = json({ detail: { status: 'missing_permissions' } }, 401);
  const speaking = elevenLabsAccount({ key: 'a0b1c2d3'.repeat(4), baseUrl: server.url });
  const taken = { reachable: true, authentic: true, models: [], problem: undefined };
  expect(await vendors.probe(speaking)).toMatchObject(taken);
  await expect(
    vendors.callVendor({ account: speaking, endpoint: 'speech', path: '/v1/speech' }),
  ).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
});

test('a server that gives back what it was sent shows no key, and no endless names', async () => {
  const key = 'sk-0123456789abcdefghij';
  server.answer = json({ data: [{ id: `model-${key}` }, { id: 'x'.repeat(5_000) }] });
  const { models } = await vendors.probe(account);
  expect(models).toEqual(['model-[secret]', 'x'.repeat(200)]);
});
