import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { append, failedWith, newJob, progressTo, RUNNING } from '../testing/jobs.js';
import { send } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { entityTag, namesTag } from './entity-tag.js';

let server: TestDatabase;
let gateway: TestGateway;
beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startTestGateway(server.url);
});
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

const get = (path: string, etag?: string) =>
  send(`${gateway.url}/api/${path}`, etag ? { headers: { 'If-None-Match': etag } } : {});
const act = (path: string, etag: string, method = 'POST') =>
  send(`${gateway.url}/api/${path}`, { method, headers: { 'If-Match': etag } });

test('a view that is known is not sent again until it changes, a running clock aside', async () => {
  const id = await newJob(server.database);
  await append(server.database, id, [RUNNING, progressTo(40)]);
  for (const path of [
    `jobs/${id}`,
    'jobs',
    `jobs/${id}/artifacts`,
    `videos/${id}/status`,
    `videos/${id}/metadata`,
  ]) {
    const first = await get(path);
    const etag = first.headers.etag!;
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    const known = await get(path, `"other", W/${etag}`);
    expect([path, known.status, known.text, known.headers.etag]).toEqual([path, 304, '', etag]);
  }
  const { etag } = (await get(`jobs/${id}`)).headers;
  await append(server.database, id, [progressTo(41)]);
  expect((await get(`jobs/${id}`, etag)).status).toBe(200);
});

test('who says what a job is to be like changes no other', async () => {
  const id = await newJob(server.database);
  const seen = async () => (await get(`jobs/${id}`)).headers.etag!;
  const old = await seen();
  await append(server.database, id, [RUNNING]);
  const tooLate = await act(`jobs/${id}/cancel`, old);
  expect([tooLate.status, tooLate.json.code]).toEqual([412, 'JobChanged']);
  await append(server.database, id, [failedWith({ code: 'VoiceFailed' }, 40)]);
  for (const [path, method] of [
    [`jobs/${id}/retry`, 'POST'],
    [`jobs/${id}`, 'DELETE'],
  ] as const) {
    expect((await act(path, old, method)).status).toBe(412);
  }
  // It gets as far as Temporal, which is away.
  expect((await act(`jobs/${id}`, await seen(), 'DELETE')).status).toBe(503);
  const tag = await seen();
  const both = await Promise.all([1, 2].map(() => act(`jobs/${id}/retry`, tag)));
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 412]);
  expect((await act(`jobs/${id}/cancel`, '*')).status).toBe(200);
});

test('tags are compared as RFC 9110 writes them', () => {
  const tag = entityTag({ state: 'running', etaSeconds: 5 });
  expect(tag).toBe(entityTag({ state: 'running', etaSeconds: 4 }));
  expect(tag).not.toBe(entityTag({ state: 'paused', etaSeconds: 5 }));
  expect(namesTag(`"a" , ${tag}`, tag)).toBe(true);
  expect(namesTag(tag.slice(1, -1), tag)).toBe(false);
});
