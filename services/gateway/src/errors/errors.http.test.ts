import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { append, failedWith, newJob, RUNNING } from '../testing/jobs.js';
import { postJson, send } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import type { Errors, ErrorSummary } from './errors-schema.js';

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

async function failed(code: string): Promise<string> {
  const jobId = await newJob(server.database);
  await append(server.database, jobId, [RUNNING]);
  await append(server.database, jobId, [failedWith({ code, message: `It was ${code}.` }, 10)]);
  return jobId;
}

async function attempt(jobId: string, seq: number, code: string): Promise<void> {
  const at = new Date(Date.now() - 60_000 + seq);
  const fields = { service: 'worker', attempt: 1, detail: 'a detail' };
  const line = { message: 'activity failed', code, fields, origin: 'o', line: seq };
  await server.database.jobLog.create({
    data: { jobId, seq, at, level: 40, stage: 'voice', ...line },
  });
}

async function errors(query = ''): Promise<Errors & { of: (code: string) => ErrorSummary }> {
  const { status, json } = await send(`${gateway.url}/api/errors${query}`);
  expect(status).toBe(200);
  const found = json as Errors;
  return { ...found, of: (code) => found.errors.find((one) => one.code === code)! };
}

test('errors are counted by code, with the newest examples and what can be done', async () => {
  const jobs: string[] = [];
  for (let count = 0; count < 4; count += 1) jobs.push(await failed('OutOfDiskSpace'));
  const other = await failed('NETWORK_TIMEOUT');
  for (const seq of [1, 2, 3, 4, 5]) await attempt(other, seq, 'NETWORK_TIMEOUT');
  await attempt(other, 6, 'ProviderReplaced');
  await postJson(`${gateway.url}/api/jobs`, { brief: '' });
  await postJson(`${gateway.url}/api/jobs`, { nobody: 1 });
  await expect.poll(async () => (await errors()).of('InvalidInput')?.requests).toBe(2);

  const { errors: all, of } = await errors();
  expect(all.map(({ code }) => code)).toEqual([
    'OutOfDiskSpace',
    'NETWORK_TIMEOUT',
    'InvalidInput',
  ]);
  expect(of('OutOfDiskSpace')).toMatchObject({
    fault: 'machine',
    jobs: 4,
    attempts: 0,
    requests: 0,
    actions: [{ name: 'freeDiskSpace' }, { name: 'runSystemCheck' }, { name: 'retryStep' }],
  });
  expect(of('OutOfDiskSpace').examples.map(({ jobId }) => jobId)).toEqual(
    jobs.toReversed().slice(0, 3),
  );
  expect(of('NETWORK_TIMEOUT')).toMatchObject({ jobs: 1, attempts: 5 });
  expect(of('NETWORK_TIMEOUT').examples).toMatchObject([
    { jobId: other, message: 'It was NETWORK_TIMEOUT.', stage: 'voice' },
    { jobId: other, message: 'a detail' },
    { jobId: other, message: 'a detail' },
  ]);
  expect(of('InvalidInput').examples[0]).toMatchObject({
    jobId: null,
    code: expect.stringMatching(/^InvalidInput:/),
    message: 'POST /api/jobs',
  });
});

test('only what has happened within the time counts, and only of the own tenant', async () => {
  const { errors: none } = await errors('?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z');
  expect(none).toEqual([]);
  const neighbour = await startTestGateway(server.url, { tenantId: 'neighbour' });
  const { json } = await send(`${neighbour.url}/api/errors`);
  await neighbour.close();
  expect((json as Errors).errors).toEqual([]);
  for (const wrong of [
    'from=yesterday',
    'from=2020-01-01T00:00:00Z',
    'to=2020-01-01T00:00:00Z&from=2021-01-01T00:00:00Z',
  ]) {
    expect((await send(`${gateway.url}/api/errors?${wrong}`)).status).toBe(400);
  }
});
