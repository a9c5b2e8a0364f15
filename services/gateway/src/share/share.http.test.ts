import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { LocalStore } from '@aura/storage';
import { append, COMPLETED, filmOf, newJob, RUNNING } from '../testing/jobs.js';
import { postJson, send } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { sharedLinkSchema } from './share-schema.js';
import { sharedFileOf, signedToken } from './signed-link.js';

const KEY = { Authorization: 'Bearer a-key-of-22-characters' };
let server: TestDatabase;
let gateway: TestGateway;
let jobId: string;
beforeAll(async () => {
  server = await startTestDatabase();
  // What is shared is sent by the gateway itself, also where downloads are not.
  const cdnUrl = 'http://127.0.0.1:1/files';
  gateway = await startTestGateway(server.url, { apiKey: 'a-key-of-22-characters', cdnUrl });
  const store = new LocalStore(path.join(gateway.home, 'artifacts'));
  jobId = await newJob(server.database);
  const video = await store.putBytes('the film', 'video/mp4');
  const file = { jobId, kind: 'video', fileName: 'sea.mp4', ...video };
  await server.database.artifact.create({ data: file });
  await append(server.database, jobId, [RUNNING, COMPLETED], { film: filmOf(video) });
});
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

const share = (body: object, headers: Record<string, string> = KEY) =>
  postJson(`${gateway.url}/api/jobs/${jobId}/share`, body, headers);

test('a link gives one file to whoever has it, whole or in part, until its time is over', async () => {
  const { status, json } = await share({ minutes: 5 });
  expect(status).toBe(201);
  expect(sharedLinkSchema.parse(json)).toEqual(json);
  const inMs = new Date(json.expiresAt).getTime() - Date.now();
  expect(inMs / 60_000).toBeCloseTo(5, 0);
  const url = gateway.url + json.url;
  const whole = await send(url);
  expect([whole.status, whole.text]).toEqual([200, 'the film']);
  expect(whole.headers).toMatchObject({ 'referrer-policy': 'no-referrer' });
  expect(whole.headers['content-disposition']).toContain('sea.mp4');
  const part = await send(url, { headers: { Range: 'bytes=4-' } });
  expect([part.status, part.text]).toEqual([206, 'film']);
  expect((await send(url, { method: 'HEAD' })).headers['content-length']).toBe('8');

  const { secret } = await server.database.signingKey.findFirstOrThrow();
  const file = sharedFileOf(json.url.split('/').at(-1), secret)!;
  const ended = signedToken({ ...file, expiresAtS: Math.floor(Date.now() / 1_000) }, secret);
  const late = await send(`${gateway.url}/api/shared/${ended}`);
  expect([late.status, late.json.code]).toEqual([410, 'LinkExpired']);
  const stolen = signedToken({ ...file, tenantId: 'other' }, secret);
  expect((await send(`${gateway.url}/api/shared/${stolen}`)).json.code).toBe('JobNotFound');
});

test('what was not signed here opens nothing, and nothing is shared without a key or that is not there', async () => {
  const { json } = await share({});
  const [text = '', signature = ''] = (json.url as string).split('/').at(-1)!.split('.');
  const other = Buffer.from(Buffer.from(text, 'base64url').toString().replace('local', 'other'));
  const forged = [
    `${other.toString('base64url')}.${signature}`,
    text,
    `${text}.`,
    `${text}.${signature.slice(1)}`,
    `${text}.${signature}.`,
    'x',
  ];
  for (const token of forged) {
    const { status, json: problem } = await send(`${gateway.url}/api/shared/${token}`);
    expect([token, status, problem.code]).toEqual([token, 403, 'LinkInvalid']);
  }
  expect((await share({}, {})).status).toBe(401);
  expect((await share({ kind: 'hls', label: 'x' })).json.code).toBe('ArtifactMissing');
  expect((await share({ minutes: 20_000 })).json.code).toBe('InvalidInput:minutes');
  const list = await send(`${gateway.url}/api/jobs`, {
    headers: { Authorization: `Bearer ${text}` },
  });
  expect(list.status).toBe(401);
});
