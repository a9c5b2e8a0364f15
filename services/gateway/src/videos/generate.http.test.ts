import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createDatabase } from '@aura/database';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { LocalStore } from '@aura/storage';
import { Stored } from '../stored/stored.js';
import { Estimates } from './estimate.js';
import { Generate } from './generate.js';
import { generateRequest } from './generate-request.js';
import { metadataSchema } from './metadata-schema.js';
import { acceptedSchema, jobStatusSchema } from './status-schema.js';
import { postJson, send } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { worker } from '../testing/worker-report.js';
let server: TestDatabase;
let gateway: TestGateway;
let url: string;
beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startTestGateway(server.url);
  url = `${gateway.url}/api/videos/generate`;
});
beforeEach(() => server.database.job.deleteMany());
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

const BODY = { brief: 'Why the sea is salty', options: { quality: 'draft' } };

test('202 means durable: job, steps, first event and the command to start it, with Temporal down', async () => {
  const answer = await postJson(url, BODY, { 'X-Correlation-ID': 'my-id_1.2' });
  expect(answer.status).toBe(202);
  expect(acceptedSchema.parse(answer.json)).toEqual(answer.json);
  const { jobId } = answer.json;
  expect(answer.json).toMatchObject({ status: 'pending', correlationId: 'my-id_1.2' });
  expect(answer.headers).toMatchObject({
    location: `/api/videos/${jobId}/status`,
    'x-correlation-id': 'my-id_1.2',
    'content-type': 'application/json; charset=utf-8',
  });
  const job = await server.database.job.findUniqueOrThrow({
    where: { id: jobId },
    include: { steps: true, events: true, outbox: true },
  });
  expect(job).toMatchObject({ state: 'queued', correlationId: 'my-id_1.2', seq: 1 });
  expect(job.createdAt.toISOString()).toBe(answer.json.createdAt);
  expect([job.steps.length, job.events.length]).toEqual([6, 1]);
  expect(job.outbox.map(({ command }) => command)).toEqual(['start']);
});

test('the alias leads to the same place', async () => {
  const made = await postJson(url.replace('/videos/', '/video/'), BODY);
  expect(made.status).toBe(202);
  for (const path of ['video', 'videos']) {
    const status = await send(`${gateway.url}/api/${path}/${made.json.jobId}/status`);
    expect(status.json).toMatchObject({ jobId: made.json.jobId, status: 'pending' });
  }
});

test('the status of a new job says all that the interface promises', async () => {
  const { json } = await postJson(url, BODY);
  const status = await send(`${gateway.url}/api/videos/${json.jobId}/status`);
  expect(status.json).toMatchObject({
    jobId: json.jobId,
    status: 'pending',
    state: 'queued',
    progressPercentage: 0,
    currentStage: 'Brief',
    createdAt: json.createdAt,
    completedAt: null,
    videoUrl: null,
    errorMessage: null,
    error: null,
    warnings: [],
    correlationId: json.correlationId,
  });
  expect(jobStatusSchema.parse(status.json)).toEqual(status.json);
  const names = ['preflight', 'script', 'narration', 'broll', 'subtitles', 'mux'];
  expect(status.json.processingSteps.map((step: { name: string }) => step.name)).toEqual(names);
});

test('metadata keeps the order as it was given', async () => {
  const { json } = await postJson(url, { ...BODY, durationMinutes: 0.083 });
  const { json: metadata } = await send(`${gateway.url}/api/videos/${json.jobId}/metadata`);
  expect(metadata).toMatchObject({ status: 'pending', fileSizeBytes: null, artifacts: [] });
  expect(metadataSchema.parse(metadata)).toEqual(metadata);
  expect(metadata.specs.brief.text).toBe(BODY.brief);
  expect(metadata.specs.plan.targetDurationMs).toBe(5_000);
  expect(metadata.specs.render).toMatchObject({ widthPx: 640, heightPx: 360, fps: 30 });
});

test('the same Idempotency-Key with the same body is the same job, in the same words', async () => {
  const headers = { 'Idempotency-Key': 'a key, with "signs"' };
  const first = await postJson(url, BODY, headers);
  const again = await postJson(
    url,
    { options: { quality: 'draft', fps: null }, brief: BODY.brief },
    headers,
  );
  expect([first.status, again.status]).toEqual([202, 202]);
  expect(again.text).toBe(first.text);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(first.headers['idempotency-replayed']).toBeUndefined();
  const other = await postJson(url, { ...BODY, brief: 'another' }, headers);
  expect([other.status, other.json.code]).toEqual([422, 'IdempotencyKeyReused']);
  expect(await server.database.job.count()).toBe(1);
});

test('fifty equal requests at once are one job', async () => {
  const headers = { 'Idempotency-Key': 'fifty' };
  const answers = await Promise.all(Array.from({ length: 50 }, () => postJson(url, BODY, headers)));
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(202);
  expect(await server.database.job.count()).toBe(1);
});

test('a named provider of whom the day holds not one call more is refused, here and in the estimate', async () => {
  const { database } = server;
  const tokens = { model: 'm', inputPerMillion: 0, outputPerMillion: 0, asOf: '2026-01-01' };
  const price = { ...tokens, charactersPerMillion: 100, perPicture: 0, perSecond: 0 };
  const seen = { remote: true, configured: true, account: 'a', gives: '', models: [], price };
  const able = { usable: true, reason: '', languages: [], facts: { ...seen, kind: 'speech' } };
  const report: object = worker({ providers: [{ ...able, name: 'paid', stage: 'voice' }] });
  const parts = { database, store: new LocalStore(gateway.home), tenantId: 'local' };
  const stored = new Stored({ ...parts, uploadQuotaBytes: 0, filmQuotaBytes: 1e9 });
  const day = { tenantId: 'local', dayBudgetUsd: 0 };
  const generate = new Generate({ ...parts, ...day, stored, wakeOutbox: () => undefined });
  const estimates = new Estimates(database, day);
  const named = generateRequest.parse({ ...BODY, options: { providers: { voice: 'paid' } } });
  await database.workerState.create({ data: { workerId: 'w', report } });
  try {
    const caller = { correlationId: 'one', idempotencyKey: undefined };
    for (const ask of [() => generate.accept(named, caller), () => estimates.of(named)]) {
      await expect(ask()).rejects.toMatchObject({
        code: 'InvalidInput:options.providers.voice',
        message: expect.stringContaining('AURA_DAY_BUDGET_USD) has 0 USD left'),
      });
    }
    const free = await estimates.of(generateRequest.parse(BODY));
    expect([free.dayLeftUsd, free.capUsd, free.holds]).toEqual([0, null, false]);
  } finally {
    await database.workerState.deleteMany();
  }
});

test('a request with a key that names providers waits for no second connection beside its own', async () => {
  const database = createDatabase(server.url, { connections: 1 });
  const parts = { database, store: new LocalStore(gateway.home), tenantId: 'local' };
  const stored = new Stored({ ...parts, uploadQuotaBytes: 0, filmQuotaBytes: 1e9 });
  const generate = new Generate({ ...parts, stored, wakeOutbox: () => undefined });
  const options = { providers: { voice: 'espeak-ng' } };
  const caller = { correlationId: 'one', idempotencyKey: 'one connection' };
  try {
    const { replayed } = await generate.accept(generateRequest.parse({ ...BODY, options }), caller);
    expect(replayed).toBe(false);
  } finally {
    await database.$disconnect();
  }
});

test('a key is forgotten after a day', async () => {
  const headers = { 'Idempotency-Key': 'old' };
  const first = await postJson(url, BODY, headers);
  await server.database.$executeRaw`
    UPDATE idempotency_keys SET created_at = now() - interval '25 hours' WHERE key = 'old'`;
  const second = await postJson(url, { brief: 'another' }, headers);
  expect(second.status).toBe(202);
  expect(second.json.jobId).not.toBe(first.json.jobId);
  for (const key of ['', 'x'.repeat(256), 'ümlaut']) {
    const bad = await postJson(url, BODY, { 'Idempotency-Key': key });
    expect([key, bad.status, bad.json.code]).toEqual([key, 400, 'InvalidInput:Idempotency-Key']);
  }
});

test('a cancel is accepted once, and Temporal is told', async () => {
  const { json } = await postJson(url, BODY);
  const cancelUrl = `${gateway.url}/api/video/${json.jobId}/cancel`;
  const first = await send(cancelUrl, { method: 'POST' });
  expect([first.status, first.json.state]).toEqual([200, 'canceling']);
  const commands = await server.database.outbox.findMany({ where: { jobId: json.jobId } });
  expect(commands.map(({ command }) => command).toSorted()).toEqual(['cancel', 'start']);
  const second = await send(cancelUrl, { method: 'POST' });
  expect([second.status, second.json.code]).toEqual([409, 'JobAlreadyCanceled']);
});

test('what does not exist is 404, whatever stands in the id', async () => {
  const unknown = '00000000-0000-7000-8000-000000000000';
  for (const id of [unknown, 'x', '%00', "1'--", '..%2f..%2fetc', 'a'.repeat(3_000)]) {
    for (const [method, route] of [
      ['GET', 'status'],
      ['GET', 'metadata'],
      ['GET', 'download'],
      ['GET', 'stream'],
      ['POST', 'cancel'],
    ] as const) {
      const { status, json } = await send(`${gateway.url}/api/videos/${id}/${route}`, { method });
      expect([status, json.code]).toEqual([404, 'JobNotFound']);
    }
  }
});

test('another tenant’s job does not exist', async () => {
  const { json } = await postJson(url, BODY);
  const other = await startTestGateway(server.url, { tenantId: 'other' });
  const routes = ['status', 'metadata', 'download', 'stream'];
  const answers = await Promise.all([
    ...routes.map((route) => send(`${other.url}/api/videos/${json.jobId}/${route}`)),
    send(`${other.url}/api/videos/${json.jobId}/cancel`, { method: 'POST' }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  await other.close();
});

test('a timeline is kept as a file, and the order carries what has to be made of it', async () => {
  const timeline = {
    visuals: [{ frames: 180, colour: '#102030' }],
    narration: [{ start: 0, text: 'It is night.' }],
  };
  const { json, status } = await postJson(url, { timeline, options: { quality: 'draft' } });
  expect(status).toBe(202);
  const { order } = await server.database.job.findUniqueOrThrow({ where: { id: json.jobId } });
  expect(order).toMatchObject({
    timeline: { mediaType: 'application/json' },
    cut: { shots: [{ visual: { frames: 180 } }], narration: [{ text: 'It is night.' }] },
  });
  const { json: metadata } = await send(`${gateway.url}/api/videos/${json.jobId}/metadata`);
  expect(metadataSchema.parse(metadata)).toEqual(metadata);
  const refused = await postJson(url, {
    timeline: { visuals: [{ frames: 3, colour: '#102030' }] },
  });
  expect(refused.json).toMatchObject({ code: 'InvalidInput:timeline.visuals' });
});
