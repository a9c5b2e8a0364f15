import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { OpenAPIObject } from '@nestjs/swagger';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { operationsOf } from '../guard/authorisation-page.js';
import { append, failedWith, newJob, RUNNING } from '../testing/jobs.js';
import { send, type Answer } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { REPEATS } from './repeats.js';
import { openApiText } from '../docs/openapi-text.js';

let server: TestDatabase;
let gateway: TestGateway;
let other: TestGateway;
beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startTestGateway(server.url);
  other = await startTestGateway(server.url, { home: gateway.home });
});
beforeEach(() => server.database.job.deleteMany());
afterAll(async () => {
  await other.close({ keepHome: true });
  await gateway.close();
  await server.stop();
});

const FAILED = [RUNNING, failedWith({ code: 'VoiceFailed' }, 40)];
const act = (path: string, key: string, method = 'POST', at = gateway) =>
  send(`${at.url}/api/${path}`, { method, headers: { 'Idempotency-Key': key } });
const codeOf = ({ status, json }: Answer) => [status, json?.code];
const isReplayed = ({ headers }: Answer) => headers['idempotency-replayed'] === 'true';

async function failedJob(): Promise<string> {
  const id = await newJob(server.database);
  await append(server.database, id, FAILED);
  return id;
}

test('fifty equal retries at once, at two gateways, are one run and one answer', async () => {
  const id = await failedJob();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      act(`jobs/${id}/retry`, 'again', 'POST', n % 2 ? other : gateway),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
  expect(answers.filter(isReplayed)).toHaveLength(49);
  const { run } = await server.database.job.findUniqueOrThrow({ where: { id } });
  expect(run).toBe(2);
});

test('a repeated cancel gives its first answer, also by the facade; without the key it is refused', async () => {
  const id = await newJob(server.database);
  const first = await act(`videos/${id}/cancel`, 'stop');
  expect([first.status, isReplayed(first)]).toEqual([200, false]);
  const again = await act(`video/${id}/cancel`, 'stop');
  expect([again.status, isReplayed(again), again.json]).toEqual([200, true, first.json]);
  const keyless = await send(`${gateway.url}/api/videos/${id}/cancel`, { method: 'POST' });
  expect(codeOf(keyless)).toEqual([409, 'JobAlreadyCanceled']);
  const elsewhere = await act(`videos/${await newJob(server.database)}/cancel`, 'stop');
  expect(codeOf(elsewhere)).toEqual([422, 'IdempotencyKeyReused']);
  expect(codeOf(await act(`jobs/${id}/cancel`, ' '.repeat(256)))).toEqual([
    400,
    'InvalidInput:Idempotency-Key',
  ]);
});

test('what was refused is tried anew with its key, whoever was at fault', async () => {
  const id = await newJob(server.database);
  expect(codeOf(await act(`jobs/${id}/retry`, 'k'))).toEqual([409, 'JobNotRetryable']);
  await append(server.database, id, FAILED);
  for (const turn of ['first', 'second']) {
    const away = await act(`jobs/${id}`, 'gone', 'DELETE');
    expect([turn, ...codeOf(away)]).toEqual([turn, 503, 'TemporalUnavailable']);
    expect(isReplayed(away)).toBe(false);
  }
  expect((await act(`jobs/${id}/retry`, 'k')).status).toBe(202);
  expect(isReplayed(await act(`jobs/${id}/retry`, 'k'))).toBe(true);
});

test('what answers without a body is repeated as well', async () => {
  const { json } = await send(`${gateway.url}/api/assets?fileName=a.txt`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream', 'Idempotency-Key': 'any' },
    body: 'Bees make honey.',
  });
  const path = `assets/${json.assetId}`;
  const answers = [await act(path, 'a', 'DELETE'), await act(path, 'a', 'DELETE')];
  expect(answers.map(({ status, text }) => [status, text])).toEqual([
    [204, ''],
    [204, ''],
  ]);
  expect(answers.map(isReplayed)).toEqual([false, true]);
  expect(codeOf(await act(path, 'b', 'DELETE'))).toEqual([404, 'AssetNotFound']);
});

test('a key whose request is never answered is told of, and free again once its gateway is gone', async () => {
  const id = await failedJob();
  const { database } = server;
  await act(`jobs/${id}/retry`, 'lost');
  const row = { key: 'lost' };
  await database.storedReply.updateMany({ where: row, data: { status: null } });
  const timing = { repeatWaitMs: 200 };
  const impatient = await startTestGateway(server.url, { home: gateway.home, timing });
  const busy = await act(`jobs/${id}/retry`, 'lost', 'POST', impatient);
  await impatient.close({ keepHome: true });
  expect([...codeOf(busy), busy.headers['retry-after']]).toEqual([409, 'IdempotencyKeyInUse', '1']);
  await database.storedReply.updateMany({ where: row, data: { leaseUntil: new Date() } });
  expect(codeOf(await act(`jobs/${id}/retry`, 'lost'))).toEqual([409, 'JobNotRetryable']);
  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  await append(database, id, FAILED);
  await act(`jobs/${id}/retry`, 'old');
  await append(database, id, FAILED);
  await database.storedReply.updateMany({ data: { createdAt: yesterday } });
  const anew = await act(`jobs/${id}/retry`, 'old');
  expect([anew.status, anew.json.run, isReplayed(anew)]).toEqual([202, 4, false]);
});

test('every route that changes something takes the key', async () => {
  const { paths } = JSON.parse(await openApiText()) as {
    paths: Record<string, Record<string, { operationId: string; parameters?: { name: string }[] }>>;
  };
  const without = Object.values(paths).flatMap((item) =>
    Object.entries(item)
      .filter(([method]) => !['get', 'head'].includes(method))
      .filter(
        ([, { parameters = [] }]) => !parameters.some(({ name }) => name === 'Idempotency-Key'),
      )
      .map(([, { operationId }]) => operationId),
  );
  // The same content gives the same file without a key; what is shown once is kept nowhere.
  expect(new Set(without)).toEqual(new Set(['uploadAsset', 'createKey', 'validateProvider']));
  expect(JSON.stringify(paths)).not.toContain(REPEATS);
});

test('every route that changes something answers a request that comes twice', async () => {
  const operations = operationsOf(JSON.parse(await openApiText()) as OpenAPIObject);
  const bodies: Record<string, object> = {
    validateProvider: { provider: 'flite' },
    createJob: { brief: 'Bees' },
    generateVideo: { brief: 'Bees' },
    estimateVideo: { brief: 'Bees' },
    createKey: { name: 'twice' },
    editJob: { operations: [{ op: 'title', title: 'Twice' }] },
  };
  const id = await failedJob();
  for (const { method, path, operationId } of operations) {
    if (['GET', 'HEAD'].includes(method)) continue;
    const place = path.replace('{id}', id).replaceAll(/\{\w+\}/g, 'video');
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': operationId };
    const body = JSON.stringify(bodies[operationId] ?? {});
    const ask = async () => {
      const signal = AbortSignal.timeout(5_000);
      const wish = { method, headers, signal, ...(method === 'DELETE' ? {} : { body }) };
      const { status } = await fetch(gateway.url + place, wish);
      return status;
    };
    const answers = [await ask(), await ask()].map((status) => [operationId, status]);
    expect(answers).toEqual([answers[0], answers[0]]);
  }
});
