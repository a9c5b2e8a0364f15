import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { LocalStore } from '@aura/storage';
import { extract } from 'tar-stream';
import type { SystemCheckResult } from '../../health/system/system-schema.js';
import { Keys } from '../../keys/keys.js';
import { append, failedWith, newJob, RUNNING } from '../../testing/jobs.js';
import { send } from '../../testing/requests.js';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

const CANARY = 'canary"secret/0123456789';
const KEYS = ['sk-proj-abcdefghijklmnop1234', `aura_12345678_${'a'.repeat(48)}`];
const HISTORY = path.resolve(
  import.meta.dirname,
  '../../../../../workflows/histories/make-video.failed-scene.json',
);

let server: TestDatabase;
let gateway: TestGateway;
beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startTestGateway(server.url, {
    slowQueryMs: 0.001,
    about: { settings: { AURA_API_KEY: 'set', AURA_LANES: '4' }, secrets: [CANARY] },
  });
});
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

async function bundleOf(jobId: string, headers = {}): Promise<Map<string, string>> {
  const answer = await fetch(`${gateway.url}/api/jobs/${jobId}/diagnostics`, { headers });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toContain(`aura-${jobId}.tar.gz`);
  const tar = extract();
  Readable.fromWeb(answer.body as never)
    .pipe(createGunzip())
    .pipe(tar);
  const files = new Map<string, string>();
  for await (const entry of tar) files.set(entry.header.name, await textOf(entry));
  return files;
}

async function failedJob(tenantId = 'local'): Promise<string> {
  const { database } = server;
  const jobId = await newJob(database);
  await database.job.update({ where: { id: jobId }, data: { tenantId } });
  await append(database, jobId, [RUNNING]);
  const failure = { code: 'FFmpegFailedExitCode:1', message: `It said ${CANARY}.` };
  await append(database, jobId, [failedWith(failure, 40)], {
    failureDetails: `stderr: ${CANARY} and ${KEYS.join(' ')} at postgresql://aura:hunter2@db/aura`,
  });
  await database.jobLog.create({
    data: {
      jobId,
      seq: 1,
      at: new Date(),
      level: 40,
      stage: 'compose',
      message: 'activity failed',
      origin: 'o',
      line: 1,
      fields: { service: 'worker', detail: `Bearer ${CANARY}` },
    },
  });
  return jobId;
}

test('a bundle has all that is known of a job, and no secret, wherever it stood', async () => {
  const jobId = await failedJob();
  const store = new LocalStore(path.join(gateway.home, 'artifacts'));
  const recorded = JSON.parse(await readFile(HISTORY, 'utf8')) as { events: object[] };
  const packed = Buffer.from(JSON.stringify({ told: CANARY })).toString('base64');
  const encoding = Buffer.from('json/plain').toString('base64');
  recorded.events.push({ payloads: [{ metadata: { encoding }, data: packed }] });
  const history = await store.putBytes(JSON.stringify(recorded), 'application/json');
  const { sha256, bytes, mediaType } = history;
  const file = { kind: 'history', label: '', fileName: 'history.json' };
  await server.database.artifact.create({ data: { jobId, ...file, sha256, bytes, mediaType } });
  const files = await bundleOf(jobId);
  expect([...files.keys()]).toEqual([
    'README.md',
    'problem.json',
    'job.json',
    'events.jsonl',
    'logs.jsonl',
    'history/run-1.json',
    'system.json',
    'workers.json',
    'settings.json',
    'versions.json',
  ]);
  const all = [...files.values()].join('\n');
  for (const secret of [CANARY, JSON.stringify(CANARY).slice(1, -1), 'hunter2', ...KEYS]) {
    expect(all.includes(secret)).toBe(false);
  }
  const last = Buffer.from(
    /"data":"([^"]*)"}\]}\]}$/.exec(files.get('history/run-1.json') ?? '')![1]!,
    'base64',
  );
  expect(JSON.parse(last.toString())).toEqual({ told: '[cut]' });
  const json = (name: string) => JSON.parse(files.get(name) ?? '') as Record<string, unknown>;
  expect(json('problem.json')).toMatchObject({
    state: 'failed',
    error: { code: 'FFmpegFailedExitCode:1', message: 'It said [cut].' },
    details: expect.stringMatching(/^stderr: \[cut\] and/),
  });
  expect(json('settings.json')).toEqual({ AURA_API_KEY: 'set', AURA_LANES: '4' });
  expect(json('versions.json')).toMatchObject({ node: process.version });
  expect(files.get('events.jsonl')?.trim().split('\n')).toHaveLength(3);
  expect(files.get('logs.jsonl')).toContain('activity failed');
  expect(json('history/run-1.json')).toHaveProperty('events');
});

test('an admin of another tenant is told of his job, and not of the server', async () => {
  const maker = { tenantId: 'customer', role: 'owner', scopes: [], who: 'test' } as const;
  const wish = { name: 'admin', role: 'admin', scopes: [], expiresAt: undefined } as const;
  const { text } = await new Keys(server.database).create(wish, maker);
  const headers = { Authorization: `Bearer ${text}` };
  const files = await bundleOf(await failedJob('customer'), headers);
  expect([...files.keys()].filter((name) => !name.startsWith('history'))).toEqual([
    'README.md',
    'problem.json',
    'job.json',
    'events.jsonl',
    'logs.jsonl',
    'versions.json',
  ]);
  expect(files.get('problem.json')).not.toContain('stderr');
  const check = async (of: object) => {
    const at = `${gateway.url}/api/system/check`;
    const { json } = await send(at, { method: 'POST', headers: { ...of } });
    const { checks } = json as SystemCheckResult;
    return checks.find(({ name }) => name === 'Queries')!.detail;
  };
  expect(await check({})).toMatch(/ ms: (SELECT|WITH) /i);
  expect(await check(headers)).toMatch(/; the slowest \d+ ms$/);
});

test('what cannot be had is told, and does not hinder the rest', async () => {
  // Nothing listens where this gateway looks for Temporal, and nothing was archived.
  const files = await bundleOf(await failedJob());
  expect(files.get('history/run-1.json.missing.txt')).toMatch(/^This could not be had/);
  expect(files.has('versions.json')).toBe(true);
  const { status, json } = await send(`${gateway.url}/api/jobs/${randomUUID()}/diagnostics`);
  expect([status, json.code]).toEqual([404, 'JobNotFound']);
});
