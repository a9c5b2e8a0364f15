import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import type { WorkerReport } from '@aura/proto';
import { send } from '../../testing/requests.js';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';
import { worker } from '../../testing/worker-report.js';
import type { SystemCheckItem, SystemCheckResult } from './system-schema.js';

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

async function report(changes: Partial<WorkerReport>): Promise<void> {
  const { workerId, ...said } = worker(changes);
  const row = { report: { workerId, ...said } as object, at: new Date() };
  const where = { workerId };
  await server.database.workerState.upsert({ where, create: { workerId, ...row }, update: row });
}

async function check(): Promise<SystemCheckResult & { of: (name: string) => SystemCheckItem }> {
  const { status, json } = await send(`${gateway.url}/api/system/check`, { method: 'POST' });
  expect(status).toBe(200);
  const result = json as SystemCheckResult;
  return { ...result, of: (name) => result.checks.find((one) => one.name === name)! };
}

test('what is not well comes first, with what it means and what a client can offer', async () => {
  const missing = { name: 'ffmpeg', status: 'Unhealthy', detail: 'not installed' };
  await report({ checks: [missing] });
  const { status, checks, of } = await check();
  expect(status).toBe('Unhealthy');
  expect(of('Worker:ffmpeg')).toMatchObject({
    area: 'program',
    status: 'Unhealthy',
    detail: 'not installed',
    code: 'FFmpegNotFound',
    remediation: expect.stringContaining('Install ffmpeg'),
    workers: [{ workerId: 'w', status: 'Unhealthy', detail: 'not installed' }],
  });
  expect(of('Worker:ffmpeg').actions[0]).toMatchObject({ name: 'installFfmpeg' });
  // Nothing listens where this gateway looks for Temporal.
  expect(of('Temporal')).toMatchObject({ status: 'Unhealthy', code: 'TemporalUnavailable' });
  expect(of('Database')).toMatchObject({ status: 'Healthy', code: null, actions: [] });
  expect(of('Database').detail).toMatch(/^PostgreSQL \d/);
  expect(of('WriteAccess').status).toBe('Healthy');
  const severities = checks.map((one) => ['Unhealthy', 'Degraded', 'Healthy'].indexOf(one.status));
  expect(severities).toEqual(severities.toSorted((one, other) => one - other));
  for (const one of checks) expect([one.name, one.meaning]).not.toEqual([one.name, '']);
});

test('one machine of several that lacks something is no end of all, a stage without a worker is', async () => {
  const full = { name: 'DiskSpace', status: 'Unhealthy', detail: '3 MiB free' };
  const fine = { name: 'DiskSpace', status: 'Healthy', detail: '900 MiB free' };
  await report({ checks: [fine] });
  await report({ workerId: 'w2', checks: [full], stages: [], providers: [] });
  const both = await check();
  expect(both.of('Worker:DiskSpace')).toMatchObject({ status: 'Degraded', detail: '3 MiB free' });
  expect(both.of('Worker:DiskSpace').actions.map(({ name }) => name)).toContain('freeDiskSpace');
  expect(both.of('Stage:voice').status).toBe('Healthy');
  const stages = worker().stages.filter((stage) => stage !== 'voice');
  await report({ stages });
  expect((await check()).of('Stage:voice')).toMatchObject({
    status: 'Unhealthy',
    code: 'NoWorker:aura-voice',
    actions: [{ name: 'startWorker' }, { name: 'runSystemCheck' }],
  });
});

test('a provider that is wanted and cannot be used is told, one that nobody has set up is not', async () => {
  const facts = { kind: 'speech', remote: true, account: '', gives: '', models: [] };
  const more = [
    { name: 'elevenlabs', configured: true, reason: 'the key is refused' },
    { name: 'deepgram', configured: false, reason: 'no key' },
  ].map(({ name, configured, reason }) => {
    const told = { stage: 'voice', usable: false, languages: [], facts: { ...facts, configured } };
    return { name, reason, ...told };
  });
  await report({ providers: [...worker().providers, ...more] });
  const { detail, status, actions } = (await check()).of('Providers:voice');
  expect([status, detail]).toEqual(['Degraded', 'flite; elevenlabs: the key is refused']);
  expect(actions[0]).toMatchObject({ name: 'openProviders', operation: 'providers' });
});

test('without a database the answer has what can still be looked at', async () => {
  const alone = await startTestGateway('postgresql://nobody@127.0.0.1:1/none');
  const { status, json } = await send(`${alone.url}/api/system/check`, { method: 'POST' });
  await alone.close();
  const found = json as SystemCheckResult;
  expect([status, found.status]).toEqual([200, 'Unhealthy']);
  expect(found.checks.find(({ name }) => name === 'Database')).toMatchObject({
    status: 'Unhealthy',
    code: 'DatabaseUnavailable',
  });
  expect(JSON.stringify(found)).not.toContain('nobody');
});
