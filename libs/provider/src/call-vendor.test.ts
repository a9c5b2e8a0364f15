import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Failure } from '@aura/failure';
import { createAccount, type Account } from './account.js';
import { createVendors } from './create-vendors.js';
import {
  cutShort,
  endless,
  FaultServer,
  hang,
  hangInTheBody,
  json,
  reset,
} from './fault-server.test-kit.js';
import type { VendorCall } from './vendor-call.js';
import type { Vendors } from './vendors.js';

const KEY = 'sk-canary-0123456789abcdef';
let server: FaultServer;
let vendors: Vendors;
let account: Account;

beforeEach(async () => {
  server = await FaultServer.start();
  vendors = createVendors();
  account = accountAt(server.url);
});
afterEach(async () => {
  await vendors.close();
  await server.stop();
});

function accountAt(baseUrl: string, runs: 'remote' | 'local' = 'remote'): Account {
  return createAccount({
    vendor: 'test',
    runs,
    baseUrl: `${baseUrl}/v1/`,
    key: KEY,
    probe: { path: '/models', modelsIn: () => ['one'] },
  });
}

async function failureOf(call: Partial<VendorCall>): Promise<Failure> {
  const made = vendors.callVendor({ account, endpoint: 'chat', path: '/chat', ...call });
  const failure: unknown = await made.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  return failure as Failure;
}

test('a call goes out with its body, its query and the credential, and comes back whole', async () => {
  server.answer = json({ said: 'äöü' }, 200, { 'X-Request-Id': 'r1' });
  const reply = await vendors.callVendor({
    account,
    endpoint: 'chat',
    path: '/chat?a=1',
    query: { b: 'x y', c: undefined },
    json: { model: 'm' },
  });
  expect(reply.json()).toEqual({ said: 'äöü' });
  expect(reply).toMatchObject({ status: 200, mediaType: 'application/json' });
  expect(reply.headers['x-request-id']).toBe('r1');
  const [seen] = server.seen;
  expect(seen).toMatchObject({ method: 'POST', url: '/v1/chat?a=1&b=x+y' });
  expect(seen?.headers).toMatchObject({
    authorization: `Bearer ${KEY}`,
    'content-type': 'application/json',
  });
  expect(seen?.body.toString()).toBe('{"model":"m"}');
});

test('a form goes out as one, with its files', async () => {
  const form = new FormData();
  form.set('name', 'voice');
  form.set('file', new Blob(['bytes']), 'a.wav');
  await vendors.callVendor({ account, endpoint: 'chat', path: '/chat', form });
  expect(server.seen[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(server.seen[0]?.body.toString()).toContain('filename="a.wav"');
});

test('a slow first byte ends at its own limit, and one call more finds the place free', async () => {
  server.answer = hang;
  const startedMs = performance.now();
  const failure = await failureOf({ limits: { firstByteMs: 150, totalMs: 5_000 } });
  expect(failure).toMatchObject({ code: 'NETWORK_TIMEOUT', retryable: true });
  expect(performance.now() - startedMs).toBeLessThan(2_000);
  server.answer = json({});
  await vendors.callVendor({ account, endpoint: 'chat', path: '/chat' });
});

test('a hang in the body ends at the limit of the whole', async () => {
  server.answer = hangInTheBody;
  const failure = await failureOf({ limits: { firstByteMs: 100, totalMs: 300 } });
  expect(failure.code).toBe('NETWORK_TIMEOUT');
  expect(failure.details).toContain('300 ms');
});

test('a vendor that is set to a time of its own gets it', async () => {
  await vendors.close();
  vendors = createVendors({ timeouts: { defaultMs: 60_000, perVendor: { test: 120 } } });
  server.answer = hang;
  expect((await failureOf({})).details).toContain('120 ms');
});

test('an address where nobody listens, or that has no host, is a network failure', async () => {
  const { url } = server;
  await server.stop();
  account = accountAt(url);
  expect(await failureOf({})).toMatchObject({ code: 'TransientNetworkFailure', retryable: true });
  account = accountAt('http://name.invalid');
  expect((await failureOf({})).code).toBe('TransientNetworkFailure');
  server = await FaultServer.start();
});

test('a connection that does not come about is given up at its own limit', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  // TCP connects, and the TLS on top of it never answers.
  account = accountAt(`https://127.0.0.1:${(silent.address() as AddressInfo).port}`);
  const startedMs = performance.now();
  const failure = await failureOf({ limits: { connectMs: 300, totalMs: 20_000 } });
  expect(failure.code).toBe('NETWORK_TIMEOUT');
  expect(performance.now() - startedMs).toBeLessThan(5_000);
  silent.close();
});

test.each([
  ['a reset', reset],
  ['a body that is cut short', cutShort],
])('%s is a network failure that may be tried again', async (_what, answer) => {
  server.answer = answer;
  expect(await failureOf({})).toMatchObject({ code: 'TransientNetworkFailure', retryable: true });
});

test.each([
  ['JSON cut short', '{"a":'],
  ['deep JSON', '['.repeat(10_000) + ']'.repeat(10_000)],
  ['NUL', '{"a":"\\u0000"}'],
])('garbage is refused before anybody reads it: %s', async (_what, body) => {
  server.answer = json(body);
  expect(await failureOf({})).toMatchObject({ code: 'API_ERROR', retryable: true });
});

test('a page in the place of audio is refused by its type', async () => {
  server.answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<html>');
  };
  expect((await failureOf({ mediaTypes: ['audio/'] })).code).toBe('API_ERROR');
  await vendors.callVendor({ account, endpoint: 'chat', path: '/', mediaTypes: ['text/'] });
});

test('what is no HTTP at all is garbage', async () => {
  server.answer = (response) => void response.socket?.end('SSH-2.0-OpenSSH\r\n');
  expect(await failureOf({})).toMatchObject({ code: 'API_ERROR', retryable: true });
});

test('an endless body is given up at the size limit, in memory and on disk, and memory stays small', async () => {
  server.answer = endless;
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-provider-'));
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
  const saveTo = path.join(folder, 'body');
  expect((await failureOf({ limits: { maxBytes: 200_000_000 }, saveTo })).code).toBe('API_ERROR');
  clearInterval(watch);
  // The server that pours lives in this process too, so this is an upper bound for both.
  expect(most - before).toBeLessThan(100_000_000);
  expect(await readdir(folder)).toEqual([]);
  expect((await failureOf({ limits: { maxBytes: 5_000_000 } })).code).toBe('API_ERROR');
  await rm(folder, { recursive: true });
});

test('a body of 50 MB streams into a file that is new and complete', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-provider-'));
  const saveTo = path.join(folder, 'clip.mp4');
  server.answer = (response) => {
    response.writeHead(200, { 'content-type': 'video/mp4' });
    response.end(Buffer.alloc(50_000_000, 7));
  };
  const call = { account, endpoint: 'clip', path: '/clip', saveTo };
  const reply = await vendors.callVendor({ ...call, limits: { maxBytes: 60_000_000 } });
  expect(reply.sizeBytes).toBe(50_000_000);
  expect(reply.bytes.length).toBe(0);
  expect((await stat(saveTo)).size).toBe(50_000_000);
  expect((await readFile(saveTo)).every((byte) => byte === 7)).toBe(true);
  await expect(vendors.callVendor(call)).rejects.toMatchObject({ code: 'EEXIST' });
  expect((await stat(saveTo)).size).toBe(50_000_000);
  await rm(folder, { recursive: true });
});

test('a small packed body that unpacks to a large one is given up at the limit', async () => {
  server.answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' });
    response.end(gzipSync(Buffer.alloc(50_000_000)));
  };
  expect((await failureOf({ limits: { maxBytes: 1_000_000 } })).code).toBe('API_ERROR');
  const call = { account, endpoint: 'chat', path: '/', limits: { maxBytes: 60_000_000 } };
  expect((await vendors.callVendor(call)).sizeBytes).toBe(50_000_000);
});

test('a redirect within the origin is followed, one to another host gets nothing', async () => {
  const other = await FaultServer.start();
  server.answer = (response, { url }) => {
    if (url === '/v1/new') return void json({ moved: true })(response, server.seen[0] as never);
    response.writeHead(302, { location: url === '/v1/old' ? '/v1/new' : `${other.url}/steal` });
    response.end();
  };
  const reply = await vendors.callVendor({ account, endpoint: 'chat', path: '/old' });
  expect(reply.json()).toEqual({ moved: true });
  expect(await failureOf({})).toMatchObject({ code: 'INVALID_CONFIG', retryable: false });
  expect((await failureOf({ path: '/old', json: {} })).code).toBe('INVALID_CONFIG');
  expect((await failureOf({ path: `${other.url}/v1/chat` })).code).toBe('INVALID_CONFIG');
  expect(other.seen).toEqual([]);
  await other.stop();
});

test('redirects in a circle end', async () => {
  server.answer = (response) => void response.writeHead(302, { location: '/v1/chat' }).end();
  expect((await failureOf({})).code).toBe('INVALID_CONFIG');
  expect(server.seen.length).toBeLessThan(6);
});

test('a cancel ends a call at once with the reason of the signal, wherever the call is', async () => {
  for (const answer of [hang, hangInTheBody, endless]) {
    server.answer = answer;
    const cancel = new AbortController();
    const reason = new Error('canceled by the user');
    const call = { account, endpoint: 'chat', path: '/chat', signal: cancel.signal };
    const made = vendors.callVendor({ ...call, limits: { maxBytes: 1e12 } });
    setTimeout(() => cancel.abort(reason), 50);
    await expect(made).rejects.toBe(reason);
    await expect(vendors.callVendor(call)).rejects.toBe(reason);
  }
});

test('calls to one address use the same connection again', async () => {
  const ports = new Set<number | undefined>();
  server.answer = (response, request) => {
    ports.add(response.socket?.remotePort);
    return json({})(response, request);
  };
  for (let count = 0; count < 5; count += 1) {
    await vendors.callVendor({ account, endpoint: 'chat', path: '/chat', json: {} });
  }
  // A second one is opened where the first call's socket is not quite done when the next begins.
  expect(ports.size).toBeLessThanOrEqual(2);
});

test('no more calls run at the same time than the account has places for', async () => {
  let running = 0;
  let most = 0;
  server.answer = async (response, request) => {
    most = Math.max(most, (running += 1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    running -= 1;
    await json({})(response, request);
  };
  const calls = Array.from({ length: 12 }, () =>
    vendors.callVendor({ account, endpoint: 'chat', path: '/chat' }),
  );
  await Promise.all(calls);
  expect(most).toBe(4);
});
