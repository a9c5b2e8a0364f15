import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { Keys } from '../keys/keys.js';
import type { Role } from '../guard/principal.js';
import { newJob } from '../testing/jobs.js';
import { postJson, send } from '../testing/requests.js';
import { SseClient } from '../testing/sse-client.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { audited } from './audited.js';
import { auditSchema } from './audit-schema.js';
let server: TestDatabase;
let gateway: TestGateway;
let url: string;
beforeAll(async () => {
  server = await startTestDatabase();
  const rateLimits = { perKey: 60, perAddress: 700 };
  gateway = await startTestGateway(server.url, { needsKey: true, rateLimits, maxStreamsPerKey: 2 });
  url = `${gateway.url}/api`;
});
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

async function caller(role: Role, tenantId = 'local') {
  const wish = { name: role, role, scopes: [], expiresAt: undefined };
  const maker = { tenantId, role: 'owner', scopes: [], who: 'test' } as const;
  const { key, text } = await new Keys(server.database).create(wish, maker);
  return { prefix: key.prefix, headers: { Authorization: `Bearer ${text}` } };
}

test('whatever is wanted is noted with who, from where and what came of it, for admins of the tenant', async () => {
  const [admin, reader] = [await caller('admin'), await caller('read-only')];
  const headers = { ...admin.headers, 'X-Correlation-ID': 'audited' };
  const { json: job } = await postJson(`${url}/jobs`, { brief: 'Secret wish' }, headers);
  await postJson(`${url}/jobs/${job.jobId}/cancel?a=b`, {}, admin.headers);
  await postJson(`${url}/jobs/${job.jobId}/cancel`, {}, admin.headers);
  await postJson(`${url}/jobs`, { brief: 'x' }, reader.headers);
  await send(`${url}/jobs`, admin);
  const ask = async (query = '') => (await send(`${url}/audit${query}`, admin)).json;
  await expect.poll(async () => (await ask()).entries, { interval: 100 }).toHaveLength(4);
  const page = await ask();
  expect(auditSchema.parse(page)).toEqual(page);
  expect(JSON.stringify(page)).not.toContain('Secret');
  const by = { who: admin.prefix, role: 'admin', method: 'POST', address: '127.0.0.1' };
  const path = `/api/jobs/${job.jobId}/cancel`;
  expect(page.entries).toMatchObject([
    { who: reader.prefix, operation: 'createJob', status: 403, code: 'NotAllowed' },
    { ...by, operation: 'cancelJob', path, status: 409, code: 'JobAlreadyCanceled' },
    { ...by, operation: 'cancelJob', path, status: 200, code: null },
    { ...by, operation: 'createJob', status: 202, correlationId: 'audited' },
  ]);
  const first = await ask('?limit=3');
  const second = await ask(`?limit=3&cursor=${first.next}`);
  expect([...first.entries, ...second.entries]).toEqual(page.entries);
  expect(second.next).toBeNull();
  expect((await ask('?cursor=x')).code).toBe('InvalidInput:cursor');
  expect((await send(`${url}/audit`, reader)).json.code).toBe('NotAllowed');
  expect((await send(`${url}/audit`, await caller('owner', 'other'))).json.entries).toEqual([]);
});

test('whoever goes away before he is answered has no success in the log', async () => {
  const entries: { status: number }[] = [];
  const note = audited({ add: (entry) => void entries.push(entry) });
  const calls = createServer((request, response) => {
    const locals = { principal: { tenantId: 'local', who: 'x', role: 'owner' } };
    note(
      Object.assign(request, { path: '/' }) as never,
      Object.assign(response, { locals }) as never,
      () => {
        // As Nest does before a handler is called.
        response.statusCode = 202;
        if (request.url === '/answered') response.end();
      },
    );
  }).listen(0, '127.0.0.1');
  await once(calls, 'listening');
  const at = `http://127.0.0.1:${(calls.address() as AddressInfo).port}`;
  await send(`${at}/answered`, { method: 'POST' });
  const gone = fetch(`${at}/never`, { method: 'POST', signal: AbortSignal.timeout(200) });
  await expect(gone).rejects.toThrow();
  await expect.poll(() => entries.map(({ status }) => status)).toEqual([202, 499]);
  calls.close();
});

test('a key that asks too often is told when it may again, and others are served', async () => {
  const [eager, calm] = [await caller('member'), await caller('member')];
  const first = await send(`${url}/jobs`, eager);
  expect(first.headers).toMatchObject({ 'ratelimit-policy': '"key";q=60;w=60' });
  const rest = await Promise.all(Array.from({ length: 61 }, () => send(`${url}/jobs`, eager)));
  const refused = rest.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(2);
  expect(refused[0]?.json.code).toBe('TooManyRequests');
  expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(50);
  expect(refused[0]?.headers['ratelimit']).toMatch(/^"key";r=0;t=\d+$/);
  expect((await send(`${url}/jobs`, calm)).status).toBe(200);
  expect((await send(`${gateway.url}/health`)).status).toBe(200);
});

test('a key has so many streams open, and another when one of them is closed', async () => {
  const [watcher, other] = [await caller('member'), await caller('member')];
  const events = `${url}/jobs/${await newJob(server.database)}/events`;
  const open = () => SseClient.open(events, watcher.headers);
  const streams = [await open(), await open()];
  expect((await send(events, watcher)).json.code).toBe('TooManyRequests');
  const others = await SseClient.open(events, other.headers);
  expect(others.response.status).toBe(200);
  await streams[0]?.close();
  await expect
    .poll(async () => {
      const again = await open();
      streams.push(again);
      return again.response.status;
    })
    .toBe(200);
  await Promise.all([...streams, others].map((stream) => stream.close()));
});

test('who tries keys out is refused before his keys are looked at', async () => {
  const good = await caller('member');
  const wrong = { headers: { Authorization: 'Bearer aura_no' } };
  const answers = [];
  for (let tries = 0; tries < 34; tries += 1)
    answers.push((await send(`${url}/jobs`, wrong)).status);
  expect(answers).toContain(401);
  expect(answers.at(-1)).toBe(429);
  expect((await send(`${url}/jobs`, good)).status).toBe(429);
});
