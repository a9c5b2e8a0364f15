import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAccount, missingKey, type Account } from './account.js';
import { cachedProbe } from './cached-probe.js';
import { createVendors } from './create-vendors.js';
import type { ProviderEntry } from './provider-entry.js';
import { isOwnMachine } from './own-machine.js';
import { PriceList } from './prices.js';
import { healthOf, reportOfProvider } from './report-of-provider.js';
import type { Vendors } from './vendors.js';

const KEY = 'canary-key-of-a-report';
let server: Server;
let url: string;
let asked: number;
let answer: { status: number; body: string } | 'nothing';
let vendors: Vendors;

beforeEach(async () => {
  asked = 0;
  answer = { status: 200, body: '{"models":["small","large"]}' };
  vendors = createVendors();
  server = createServer((request, response) => {
    asked += 1;
    request.resume();
    if (answer === 'nothing') return;
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await vendors.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const account = ({ baseUrl, key }: { baseUrl: string; key?: string }): Account => {
  if (key === undefined) throw missingKey('PAINTER_API_KEY');
  const keyFormat = { pattern: /^pk-/, hint: 'Keys of Painter begin with "pk-".' };
  const modelsIn = (body: unknown) => (body as { models: string[] }).models;
  const probe = { path: '/models', modelsIn };
  return createAccount({ vendor: 'painter', runs: 'remote', baseUrl, key, keyFormat, probe });
};
const ENTRY: ProviderEntry<unknown, { baseUrl: string; key?: string }, unknown> = {
  name: 'painter',
  stage: 'visuals',
  kind: 'picture-generator',
  runs: 'remote',
  gives: 'Pictures in oil.',
  capabilities: {},
  settings: ['PAINTER_API_KEY'],
  price: { kind: 'table', vendor: 'painter' },
  limits: { concurrentCalls: 1 },
  account,
  create: () => undefined,
};
const report = (options = {}) =>
  reportOfProvider(ENTRY, { baseUrl: url, key: KEY }, { vendors, ...options });

test('without its key nothing is asked, and the report says what is missing', async () => {
  expect(await reportOfProvider(ENTRY, { baseUrl: url }, { vendors })).toEqual({
    name: 'painter',
    stage: 'visuals',
    usable: false,
    reason: 'PAINTER_API_KEY is not set.',
    code: 'MissingApiKey:PAINTER_API_KEY',
    languages: [],
    facts: {
      kind: 'picture-generator',
      remote: true,
      configured: false,
      account: '',
      gives: 'Pictures in oil.',
      models: [],
    },
  });
  expect(asked).toBe(0);
});

test('a service that answers is usable, names its models, and is asked once for many reports', async () => {
  const [one, other] = await Promise.all([report(), report({ model: 'large' })]);
  const again = await report();
  expect(one).toMatchObject({ usable: true, reason: '', health: { breaker: 'closed', calls: 0 } });
  expect(one.facts).toMatchObject({ configured: true, models: ['small', 'large'] });
  expect([other.usable, again.usable, asked]).toEqual([true, true, 1]);
  expect(JSON.stringify([one, other, again])).not.toContain(KEY);
});

test('a price is told of models that have one, and not what others of their vendor cost', async () => {
  const price = {
    vendor: 'painter',
    model: 'oil',
    perPicture: 0.5,
    source: 'here',
    asOf: '2026-01-01',
  };
  const kinds = [0.1, 0.2].map((perPicture) => {
    return { ...price, model: `ink/${perPicture}`, perPicture };
  });
  const priced = createVendors({ prices: new PriceList([price, ...kinds]) });
  const told = async (model: string) => (await report({ vendors: priced, model })).facts?.price;
  try {
    expect(await told('oil')).toMatchObject({ model: 'oil', perPicture: 0.5 });
    expect(await told('ink')).toMatchObject({ model: 'ink', perPicture: 0.2 });
    expect(await told('chalk')).toBeUndefined();
  } finally {
    await priced.close();
  }
});

test('who asks one server for two things gets each, and an abort ends only the waiting of who aborted', async () => {
  const own = account({ baseUrl: url, key: KEY });
  const voices = { path: '/voices', modelsIn: () => ['anna'] };
  const [models, speakers] = await Promise.all([
    cachedProbe(vendors, own),
    cachedProbe(vendors, { ...own, probe: voices }),
  ]);
  expect([models.models, speakers.models, asked]).toEqual([['small', 'large'], ['anna'], 2]);
  const fresh = { freshness: { wellMs: 0, illMs: 0 } };
  const cancel = new AbortController();
  answer = 'nothing';
  const gone = cachedProbe(vendors, own, { ...fresh, signal: cancel.signal });
  const staying = cachedProbe(vendors, own, fresh);
  setTimeout(() => cancel.abort(new Error('gone')), 50);
  await expect(gone).rejects.toThrow('gone');
  expect(await staying).toMatchObject({ problem: { code: 'NETWORK_TIMEOUT' } });
  await expect(cachedProbe(vendors, own, { signal: cancel.signal })).rejects.toThrow('gone');
});

test('a refused key, a missing model and a server that is not there make it unusable, in words', async () => {
  expect(await report({ model: 'huge' })).toMatchObject({
    usable: false,
    code: 'RESOURCE_NOT_FOUND',
    reason: 'painter has no model huge.',
  });
  answer = { status: 401, body: `{"error":"no such key ${KEY}"}` };
  const refused = await report({ freshness: { wellMs: 0 } });
  const words = 'Invalid API key. Keys of Painter begin with "pk-".';
  expect(refused).toMatchObject({ usable: false, code: 'AUTH_FAILED', reason: words });
  expect(JSON.stringify(refused)).not.toContain(KEY);
  const nobody = await reportOfProvider(
    ENTRY,
    { baseUrl: 'http://127.0.0.1:9', key: KEY },
    { vendors },
  );
  expect(nobody).toMatchObject({ usable: false, code: 'TransientNetworkFailure' });
});

test('a service that is merely late or ill stays usable, and nobody waits for it longer than 2 s', async () => {
  answer = { status: 503, body: '{}' };
  expect(await report()).toMatchObject({ usable: true });
  answer = 'nothing';
  const started = performance.now();
  expect(await report({ freshness: { illMs: 0 } })).toMatchObject({ usable: true });
  expect(performance.now() - started).toBeLessThan(3_500);
  expect(vendors.health()).toEqual([]);
});

test('an open breaker makes it unusable until its time is over, and other stages do not count', async () => {
  answer = { status: 500, body: '{}' };
  const own = account({ baseUrl: url, key: KEY });
  for (let call = 0; call < 5; call += 1) {
    const made = vendors.callVendor({ account: own, endpoint: 'pictures', path: '/draw' });
    await expect(made).rejects.toMatchObject({ code: 'API_ERROR' });
  }
  answer = { status: 200, body: '{"models":[]}' };
  expect(await report({ endpoints: ['pictures'] })).toMatchObject({
    usable: false,
    code: 'CIRCUIT_OPEN',
    reason: expect.stringContaining('API_ERROR'),
    health: { breaker: 'open', calls: 5, failures: 5, lastError: 'API_ERROR' },
  });
  const again = vendors.callVendor({ account: own, endpoint: 'pictures', path: '/draw' });
  await expect(again).rejects.toMatchObject({
    code: 'CIRCUIT_OPEN',
    message: expect.stringContaining('API_ERROR'),
  });
  expect(await report({ endpoints: ['speech'] })).toMatchObject({ usable: true });
  const later = healthOf(vendors.health(), own, ['pictures'], Date.now() + 61_000);
  expect(later.breaker).toBe('half-open');
});

test.each([
  ['http://127.0.0.1:8188', true],
  ['http://[::1]:7860', true],
  ['http://0.0.0.0:11434', true],
  ['http://[::]:11434', true],
  ['http://0.1.2.3', false],
  ['http://192.168.4.2/sd', true],
  ['http://comfyui:8188', true],
  ['http://gpu.local', true],
  ['https://abc-8188.proxy.example.com', false],
  ['http://8.8.8.8', false],
  ['http://172.32.0.1', false],
  ['not an address', false],
])('an address on own machines is told from others: %s', (url, isOwn) => {
  expect(isOwnMachine(url)).toBe(isOwn);
});
