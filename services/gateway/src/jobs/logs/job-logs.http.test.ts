import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { newJob } from '../../testing/jobs.js';
import { send } from '../../testing/requests.js';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

let server: TestDatabase;
let gateway: TestGateway;
let jobId: string;
let url: string;

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startTestGateway(server.url);
  jobId = await newJob(server.database);
  url = `${gateway.url}/api/jobs/${jobId}/logs`;
  const levels = [30, 30, 40, 50];
  await server.database.jobLog.createMany({
    data: Array.from({ length: 12 }, (_, index) => ({
      jobId,
      seq: index + 4,
      at: new Date(1_700_000_000_000 + index),
      level: levels[index % 4] ?? 30,
      stage: index < 6 ? 'script' : 'voice',
      message: index === 0 ? 'stage begun' : 'activity failed',
      code: index % 4 > 1 ? 'NETWORK_TIMEOUT' : null,
      fields: { service: 'worker', attempt: 2, detail: 'late\nforged line', tookMs: 7 },
      origin: 'o',
      line: index,
    })),
  });
});
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

const seqs = (json: { lines: { seq: number }[] }) => json.lines.map(({ seq }) => seq);

test('the logs of a job are given in pages, from either end, and say what is no longer there', async () => {
  const { json: first } = await send(`${url}?limit=5`);
  expect([seqs(first), first.dropped]).toEqual([[4, 5, 6, 7, 8], 3]);
  const { json: second } = await send(`${url}?limit=50&cursor=${first.next}`);
  expect([seqs(second), second.next]).toEqual([[9, 10, 11, 12, 13, 14, 15], null]);
  const { json: newest } = await send(`${url}?limit=2&sort=newest`);
  expect(seqs(newest)).toEqual([15, 14]);
  const { json: older } = await send(`${url}?limit=2&sort=newest&cursor=${newest.next}`);
  expect(seqs(older)).toEqual([13, 12]);
  const { status, json } = await send(`${url}?cursor=${newest.next}`);
  expect([status, json.code]).toEqual([400, 'InvalidInput:cursor']);
});

test('levels and stages choose among them', async () => {
  const { json } = await send(`${url}?level=warn&stage=voice`);
  expect(seqs(json)).toEqual([10, 11, 14, 15]);
  expect(json.lines[0]).toMatchObject({ level: 'warn', code: 'NETWORK_TIMEOUT', attempt: 2 });
  expect(seqs((await send(`${url}?level=error`)).json)).toEqual([7, 11, 15]);
  for (const wrong of ['level=loud', 'stage=kitchen', 'limit=0', 'sort=up', 'other=1']) {
    expect((await send(`${url}?${wrong}`)).status).toBe(400);
  }
});

test('they are text, or one object per line, for who asks for it', async () => {
  const text = await send(`${url}?limit=3`, { headers: { accept: 'text/plain' } });
  expect(text.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    link: `</api/jobs/${jobId}/logs?limit=3&cursor=oldest.6>; rel="next"`,
  });
  const rows = text.text.trimEnd().split('\n');
  expect(rows[0]).toBe('(3 earlier lines are not kept)');
  expect(rows).toHaveLength(4);
  expect(rows[3]).toBe(
    '2023-11-14T22:13:20.002Z WARN  script  activity failed (attempt 2, 7 ms, NETWORK_TIMEOUT): late forged line',
  );
  const lines = await send(`${url}?limit=2`, { headers: { accept: 'application/x-ndjson' } });
  const parsed = lines.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { seq: number });
  expect(parsed.map(({ seq }) => seq)).toEqual([4, 5]);
  expect((await send(url, { headers: { accept: 'image/png' } })).json.code).toBe('NotAcceptable');
});

test('a job that does not exist has no logs', async () => {
  const { status, json } = await send(`${gateway.url}/api/jobs/${randomUUID()}/logs`);
  expect([status, json.code]).toEqual([404, 'JobNotFound']);
});
