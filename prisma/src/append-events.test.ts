import { afterAll, beforeAll, expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { EVENTS_CHANNEL, type JobEventData } from '@aura/proto';
import { appendEvents } from './append-events.js';
import { createDatabase } from './create-database.js';
import { createJob, orderOf } from './create-job.js';
import { foldEvents } from './fold-events.js';
import { FOLDED, foldOf, lockJob } from './lock-job.js';
import { requestCancel } from './request-cancel.js';
import { startTestDatabase, sampleOrder, type TestDatabase } from './testing/test-database.js';
import { transact } from './transact.js';

let server: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase();
}, 120_000);
afterAll(() => server.stop());

test('32 writers on one job: numbers without gaps, in the order of the commits', async () => {
  const id = await newJob();
  const many = createDatabase(server.url, { connections: 32 });
  const seen = await listen();
  await append(id, running());
  const written = new AbortController();
  const reader = (async () => {
    // Whoever reads on from the last number that it has seen misses nothing: no number appears late.
    for (let cursor = 0; !written.signal.aborted; await sleep(2)) {
      const next = (await eventsOf(id)).filter(({ seq }) => seq > cursor);
      expect(next.map(({ seq }) => seq)).toEqual(next.map((_, index) => cursor + 1 + index));
      cursor += next.length;
    }
  })();
  try {
    await Promise.all(
      Array.from({ length: 32 }, async (_, writer) => {
        for (let round = 0; round < 4; round += 1) {
          await transact(many, async (tx) => {
            const job = await lockJob(tx, id);
            await sleep(writer % 3);
            await appendEvents(tx, job!, [progress(`writer ${writer}, ${round}`)]);
          });
        }
      }),
    );
  } finally {
    written.abort();
    await many.$disconnect();
  }
  await reader;
  const events = await eventsOf(id);
  expect(events.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 130 }, (_, index) => index + 1),
  );
  const committed = await server.database.$queryRaw<{ seq: number }[]>`
    SELECT seq FROM job_events WHERE job_id = ${id}::uuid
    ORDER BY pg_xact_commit_timestamp(xmin), seq`;
  expect(committed.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq));
  const times = events.map(({ at }) => at.getTime());
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  await expectRowIsFold(id);
  await until(() => seen.count(id) === 129);
  await seen.stop();
}, 120_000);

test('listeners hear of events after the commit, and not at all of what was rolled back', async () => {
  const id = await newJob();
  const seen = await listen();
  await transact(server.database, async (tx) => {
    await appendEvents(tx, (await lockJob(tx, id))!, [running()]);
    await sleep(100);
    expect(seen.count(id)).toBe(0);
  });
  await until(() => seen.count(id) === 1);
  const given = transact(server.database, async (tx) => {
    await appendEvents(tx, (await lockJob(tx, id))!, [progress('lost')]);
    throw new Error('given up');
  });
  await expect(given).rejects.toThrow('given up');
  await sleep(100);
  expect(seen.count(id)).toBe(1);
  expect(await eventsOf(id)).toHaveLength(2);
  await seen.stop();
});

test('hostile text is stored and read back, with only what PostgreSQL refuses replaced', async () => {
  const hostile = `'; DROP TABLE jobs; --\u0000 \uD800 \\u0000 😀 {"a":1} ‮ \n%s $1`;
  const order = sampleOrder(hostile);
  await transact(server.database, (tx) => createJob(tx, order));
  const id = order.job.videoId;
  const event = { ...running(), message: hostile };
  await append(id, event);
  const kept = hostile.replace('\u0000', '\uFFFD').replace('\uD800', '\uFFFD');
  const job = await server.database.job.findUniqueOrThrow({ where: { id } });
  expect(orderOf(job)).toEqual({ ...order, brief: { ...order.brief, text: kept } });
  expect(job.message).toBe(kept);
  expect((await eventsOf(id))[1]?.data).toEqual({ ...event, message: kept });
});

test('creating a job twice adds nothing, and accepting it leaves one command to start it', async () => {
  const order = sampleOrder();
  const create = () => transact(server.database, (tx) => createJob(tx, order));
  const [first, ...again] = [await create(), await create(), await create()];
  expect(first).toMatchObject({ id: order.job.videoId, created: true });
  expect(again).toEqual([0, 1].map(() => ({ ...first, created: false })));
  expect(await eventsOf(order.job.videoId)).toHaveLength(1);
  const commands = await server.database.outbox.findMany({ where: { jobId: order.job.videoId } });
  expect(commands.map(({ command }) => command)).toEqual(['start']);
  await expectRowIsFold(order.job.videoId);
});

test('a cancel is accepted once, and says why not afterwards', async () => {
  const id = await newJob();
  const cancel = (job: string) => transact(server.database, (tx) => requestCancel(tx, job));
  const answers = await Promise.all([cancel(id), cancel(id), cancel(id)]);
  expect(answers.filter(({ accepted }) => accepted)).toEqual([{ accepted: true, seq: 2 }]);
  expect(await cancel(id)).toEqual({ accepted: false, reason: 'JobAlreadyCanceled' });
  expect(await cancel(sampleOrder().job.videoId)).toMatchObject({ reason: 'JobNotFound' });
  expect(await cancel("no uuid' --")).toMatchObject({ reason: 'JobNotFound' });
  const commands = await server.database.outbox.findMany({ where: { jobId: id } });
  expect(commands.map(({ command }) => command)).toEqual(['start', 'cancel']);
  await expectRowIsFold(id);
});

test('the database itself refuses what must never be, whoever writes', async () => {
  const id = await newJob();
  const set = (sql: string) =>
    server.database.$executeRawUnsafe(`UPDATE jobs SET ${sql} WHERE id = '${id}'`);
  const wrong = [
    "state = 'done'",
    'percent = 100',
    'percent = -1',
    'seq = -1',
    "state = 'failed', ended_at = now()",
  ];
  for (const change of wrong) await expect(set(change)).rejects.toThrow(/constraint|never fall/);
  await set("state = 'running', started_at = now(), percent = 40");
  await expect(set('percent = 39')).rejects.toThrow(/percent never falls/);
  await expect(set("started_at = now() + interval '1 hour'")).rejects.toThrow(/stays/);
  await set("state = 'failed', ended_at = now(), error = '{}'");
  await expect(set("state = 'running', ended_at = NULL")).rejects.toThrow(/final/);
});

async function newJob(): Promise<string> {
  const order = sampleOrder();
  await transact(server.database, (tx) => createJob(tx, order));
  return order.job.videoId;
}

function append(id: string, ...events: JobEventData[]) {
  return transact(server.database, async (tx) => {
    await appendEvents(tx, (await lockJob(tx, id))!, events);
  });
}

async function eventsOf(id: string) {
  const rows = await server.database.jobEvent.findMany({
    where: { jobId: id },
    orderBy: { seq: 'asc' },
  });
  return rows.map(({ seq, at, data }) => ({ seq, at, data: data as unknown as JobEventData }));
}

async function expectRowIsFold(id: string) {
  const row = await server.database.job.findUniqueOrThrow({ where: { id }, select: FOLDED });
  expect(foldOf(row)).toEqual(foldEvents(await eventsOf(id)));
}

/** Counts what is notified, over a connection of its own. */
async function listen() {
  const client = new pg.Client({ connectionString: server.url });
  const heard: (string | undefined)[] = [];
  client.on('notification', ({ payload }) => heard.push(payload));
  await client.connect();
  await client.query(`LISTEN ${EVENTS_CHANNEL}`);
  return {
    count: (id: string) => heard.filter((payload) => payload === id).length,
    stop: () => client.end(),
  };
}

async function until(holds: () => boolean) {
  for (let tries = 0; !holds() && tries < 100; tries += 1) await sleep(20);
  expect(holds()).toBe(true);
}

function running() {
  const status = { type: 'job-status', state: 'running', percent: 0, stage: 'brief' } as const;
  return { ...status, message: '' };
}

function progress(message: string): JobEventData {
  return {
    type: 'step-progress',
    step: 'narration',
    stage: 'voice',
    stepPercent: 10,
    percent: 10,
    message,
  };
}
