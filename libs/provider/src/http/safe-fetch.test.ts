import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { request } from 'undici';
import { Failure } from '@aura/failure';
import { endless, FaultServer, hang, hangInTheBody } from '../fault-server.test-kit.js';
import { isPublicAddress } from './public-address.js';
import { AddressRefused, judgedLookup, publicAgent, type Resolve } from './public-agent.js';
import { safeFetch, type SafeFetchRequest } from './safe-fetch.js';

let inside: FaultServer;

beforeEach(async () => {
  inside = await FaultServer.start((response) => {
    response.writeHead(200, { 'content-type': 'image/png; q=1' });
    response.end('picture');
  });
});
afterEach(() => inside.stop());

/** A name server that answers what it is told, in turn. */
function answering(...answers: string[][]): Resolve {
  let asked = 0;
  return (_name, done) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
}

async function failureOf(
  request: Partial<SafeFetchRequest> & { url: string },
  resolve?: Resolve,
): Promise<Failure> {
  const failure: unknown = await safeFetch({ namedBy: 'user', ...request }, { resolve }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(Failure);
  return failure as Failure;
}

test.each([
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.255',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.255.255',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  '2001:4860::1%eth0',
  'fec0::1',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  '2002:7f00:1::',
  '3fff::1',
  '100::1',
  '',
  'localhost',
  '127.1',
  '0x7f.0.0.1',
  '1.2.3.4.5',
])('%j is not a public address', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '100.63.255.255',
  '100.128.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.0.1.1',
  '223.255.255.254',
  '2001:4860:4860::8888',
  '2606:4700::1111',
  '2a00:1450::1',
])('%j is a public address', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://0/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://10.0.0.1:8080/',
  'http://user:pass@8.8.8.8/',
  'http://user@8.8.8.8/',
  'http://8.8.8.8:22/',
  'http://8.8.8.8:5432/',
  'http://8.8.8.8:65535/',
  'ftp://8.8.8.8/',
  'file:///etc/passwd',
  'data:text/plain,hi',
  'javascript:alert(1)',
  'gopher://8.8.8.8/',
  '//8.8.8.8/',
  '/etc/passwd',
  'not a URL',
  '',
])('%j is refused, and no connection is made', async (url) => {
  expect((await failureOf({ url, field: 'media' })).code).toBe('InvalidInput:media');
  expect((await failureOf({ url, namedBy: 'vendor' })).code).toBe('INVALID_CONFIG');
  expect(inside.connections).toBe(0);
});

test.each([
  ['a private address', [['192.168.1.1']]],
  ['loopback', [['127.0.0.1']]],
  ['a mapped loopback', [['::ffff:127.0.0.1']]],
  ['a public and a private address', [['8.8.8.8', '127.0.0.1']]],
  ['no address', [[]]],
])('a name that leads to %s is refused', async (_what, answers) => {
  const { port } = new URL(inside.url);
  const resolve = answering(...answers);
  expect((await failureOf({ url: 'http://rebind.test:8080/' }, resolve)).code).toBe(
    'InvalidInput:url',
  );
  expect((await failureOf({ url: `http://rebind.test:${port}/` }, resolve)).code).toBe(
    'InvalidInput:url',
  );
  expect(inside.seen).toEqual([]);
});

test('a name is judged by the very answer that is connected to, so that it cannot change its mind', () => {
  const lookup = judgedLookup(answering(['8.8.8.8', '2606:4700::1111'], ['127.0.0.1']));
  const given: unknown[] = [];
  lookup('rebind.test', { all: true }, (...result) => given.push(result));
  lookup('rebind.test', { all: true }, (...result) => given.push(result[0]));
  expect(given).toEqual([
    [
      null,
      [
        { address: '8.8.8.8', family: 4 },
        { address: '2606:4700::1111', family: 6 },
      ],
    ],
    expect.any(AddressRefused),
  ]);
});

test('an agent for the public refuses an inner address that was written as such', async () => {
  const agent = publicAgent(1_000);
  const called = request(inside.url, { dispatcher: agent });
  await expect(called).rejects.toBeInstanceOf(AddressRefused);
  expect(inside.connections).toBe(0);
  await agent.destroy();
});

test('localhost is refused by where it leads', async () => {
  expect((await failureOf({ url: 'http://localhost:8080/' })).code).toBe('InvalidInput:url');
});

test('the operator’s own address is allowed, and nothing else beside it', async () => {
  const allowOrigins = [inside.url];
  const url = `${inside.url}/view?filename=a.png`;
  const reply = await safeFetch({ url, namedBy: 'vendor', allowOrigins, headers: { 'x-a': 'b' } });
  expect(reply).toMatchObject({ mediaType: 'image/png', sizeBytes: 7, url });
  expect(reply.bytes.toString()).toBe('picture');
  expect(inside.seen[0]?.headers['x-a']).toBe('b');
  const other = await FaultServer.start();
  expect((await failureOf({ url: other.url, allowOrigins })).code).toBe('InvalidInput:url');
  expect(other.connections).toBe(0);
  await other.stop();
});

test.each([
  'http://127.0.0.1:1/',
  'http://169.254.169.254/',
  'http://[::1]/',
  'file:///etc/passwd',
  'http://a:b@8.8.8.8/',
])('a redirect is judged anew: %s', async (location) => {
  inside.answer = (response) => void response.writeHead(302, { location }).end();
  const failure = await failureOf({ url: inside.url, allowOrigins: [inside.url] });
  expect(failure.code).toBe('InvalidInput:url');
});

test('redirects are followed three times, and headers stay with the first origin', async () => {
  const second = await FaultServer.start((response) => void response.end('there'));
  inside.answer = (response) => void response.writeHead(302, { location: second.url }).end();
  const allowOrigins = [inside.url, second.url];
  const request = {
    namedBy: 'vendor' as const,
    allowOrigins,
    headers: { authorization: 'secret' },
  };
  expect((await safeFetch({ ...request, url: inside.url })).bytes.toString()).toBe('there');
  expect(second.seen[0]?.headers.authorization).toBeUndefined();
  inside.answer = (response) => void response.writeHead(302, { location: '/again' }).end();
  expect((await failureOf({ ...request, url: inside.url })).code).toBe('API_ERROR');
  expect(inside.seen.length).toBe(5);
  await second.stop();
});

test('time and size are bounded, and a cancel is heard', async () => {
  const request = { url: inside.url, allowOrigins: [inside.url], namedBy: 'user' as const };
  for (const answer of [hang, hangInTheBody]) {
    inside.answer = answer;
    expect((await failureOf({ ...request, totalMs: 100 })).code).toBe('NETWORK_TIMEOUT');
  }
  inside.answer = endless;
  expect((await failureOf({ ...request, maxBytes: 1_000_000 })).code).toBe('API_ERROR');
  const reason = new Error('canceled');
  const cancel = new AbortController();
  const fetched = safeFetch({ ...request, maxBytes: 1e12, signal: cancel.signal });
  setTimeout(() => cancel.abort(reason), 30);
  await expect(fetched).rejects.toBe(reason);
});

test('a body is saved to a new file, and nothing is left of one that fails', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-safe-'));
  const saveTo = path.join(folder, 'a.png');
  const request = { url: inside.url, allowOrigins: [inside.url], namedBy: 'user' as const, saveTo };
  expect((await safeFetch(request)).sizeBytes).toBe(7);
  expect(await readFile(saveTo, 'utf8')).toBe('picture');
  await rm(saveTo);
  inside.answer = (response) => void response.writeHead(404).end('no');
  expect((await failureOf(request)).code).toBe('API_ERROR');
  inside.answer = endless;
  expect((await failureOf({ ...request, maxBytes: 100_000 })).code).toBe('API_ERROR');
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});
