import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { workflowIdOf } from '@aura/proto';
import {
  countsOf,
  eventLog,
  freePorts,
  generate,
  idsOf,
  noScratch,
  logFaults,
  noFfmpeg,
  openStream,
  post,
  smallFilm,
  startStack,
  statesIn,
  statusOf,
  until,
  untilSucceeded,
  type Arrival,
  type Problem,
  type SseStream,
  type Stack,
} from './harness/index.js';

/** Each of the other processes is killed once in the middle of a job, at a barrier, and started again. */
let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
}, 120_000);

afterEach(async () => {
  stack.barrier.releaseAll();
  for (const part of [stack.postgres, stack.temporal, stack.gateway, ...stack.workers]) {
    if (!part.isRunning) await part.start();
  }
}, 120_000);
afterAll(() => stack?.stop(), 60_000);

const streamOf = (id: string, lastEventId?: number, url = stack.url) =>
  openStream(`${url}/api/videos/${id}/stream`, lastEventId === undefined ? {} : { lastEventId });

/** The film is made, its log is whole, nothing recorded was done again, and nothing is left behind. */
async function expectUnharmed(id: string): Promise<void> {
  await untilSucceeded(stack, id, 60_000);
  const log = await eventLog(stack, id);
  expect(logFaults(log)).toEqual([]);
  expect(statesIn(log)).toEqual(['queued', 'running', 'succeeded']);
  const arrivals = stack.barrier.arrivals.filter(
    ({ workflowId }) => workflowId === workflowIdOf(id),
  );
  expect(countsOf(arrivals).filter(({ begunAfterRecorded }) => begunAfterRecorded > 0)).toEqual([]);
  await noScratch(stack);
  await noFfmpeg(stack);
}

/** All connections of one client together have every event of the log exactly once, in order. */
async function expectEachEventOnce(id: string, ...connections: SseStream[]): Promise<void> {
  await connections.at(-1)!.ended(60_000);
  const seen = connections.flatMap(({ events }) => idsOf(events));
  expect(seen).toEqual((await eventLog(stack, id)).map(({ seq }) => seq));
  expect(connections.at(-1)!.events.at(-1)!.event).toBe('done');
}

test('Temporal is killed while a segment is encoded: its result is kept, and the film is made after the restart', async () => {
  const hold = stack.barrier.hold({ checkpoint: 'before', unit: 'encodeSegment' });
  const id = await generate(stack);
  const stream = await streamOf(id);
  const { key } = await hold.reached();
  await stack.temporal.kill();
  const recorded = stack.barrier.hold({ checkpoint: 'recorded', key });
  hold.release();
  await recorded.reached();
  recorded.release();
  expect(await statusOf(stack, id)).toMatchObject({ status: 'running' });
  await stack.temporal.start();
  await expectUnharmed(id);
  await expectEachEventOnce(id, stream);
}, 120_000);

test('PostgreSQL is killed while a scene is spoken: requests are refused as such, and the film is made after the restart', async () => {
  const hold = stack.barrier.hold({ checkpoint: 'before', unit: 'narrateScene' });
  const id = await generate(stack);
  const stream = await streamOf(id);
  await hold.reached();
  await stack.postgres.kill();
  hold.release();
  // A backend may live on for a moment, and what it has committed is kept.
  await until('PostgreSQL answers nobody', async () => {
    const response = await fetch(`${stack.url}/api/videos/${id}/status`);
    return response.status === 503;
  });
  const answer = await post(`${stack.url}/api/videos/generate`, smallFilm());
  expect(answer.status).toBe(503);
  expect((await answer.json()) as Problem).toMatchObject({ code: 'DatabaseUnavailable' });
  await stack.postgres.start();
  await expectUnharmed(id);
  await expectEachEventOnce(id, stream);
}, 120_000);

test('a gateway is killed: its client goes on at another with its last id, then at the first again, and misses nothing', async () => {
  const [port] = await freePorts(1);
  const other = stack.addGateway(port!);
  await other.start();
  try {
    const speaking = stack.barrier.hold({ checkpoint: 'before', unit: 'narrateScene' });
    const encoding = stack.barrier.hold({ checkpoint: 'before', unit: 'encodeSegment' });
    const id = await generate(stack);
    const first = await streamOf(id);
    await speaking.reached();
    await first.next('the script', ({ data }) => data['stage'] === 'Voice');
    await stack.gateway.kill();
    await first.ended();

    const second = await streamOf(id, idsOf(first.events).at(-1), `http://127.0.0.1:${port}`);
    speaking.release();
    await encoding.reached();
    await second.next('a scene that is spoken', (event) => event.id !== undefined);
    second.drop();
    await second.ended();
    await stack.gateway.start();

    const third = await streamOf(id, idsOf([...first.events, ...second.events]).at(-1));
    encoding.release();
    await expectUnharmed(id);
    await expectEachEventOnce(id, first, second, third);

    const late = await streamOf(id, 3);
    await late.ended();
    expect(idsOf(late.events)).toEqual((await eventLog(stack, id)).slice(3).map(({ seq }) => seq));
  } finally {
    await other.stop();
  }
}, 120_000);

test('a worker that serves everything is killed in the middle, workflow and record included: the next one goes on', async () => {
  const [worker] = stack.workers;
  const hold = stack.barrier.hold({ checkpoint: 'during', unit: 'encodeSegment' });
  const id = await generate(stack);
  const stream = await streamOf(id);
  await hold.reached();
  await worker!.kill();
  await worker!.start();
  const isMine = ({ workflowId }: Arrival) => workflowId === workflowIdOf(id);
  const isThere = (unit: string, checkpoint: string) =>
    until(`${unit} is ${checkpoint}`, () =>
      stack.barrier.arrivals.find(
        (one) => isMine(one) && one.unit === unit && one.checkpoint === checkpoint,
      ),
    );
  const encoded = await isThere('encodeSegment', 'recorded');
  const joining = await isThere('assembleFilm', 'before');
  // The workflow does not wait for the worker that is gone for longer than this.
  expect(joining.atMs - encoded.atMs).toBeLessThan(9_000);
  await expectUnharmed(id);
  await expectEachEventOnce(id, stream);
}, 120_000);

test('a job is accepted while Temporal is down, also by a gateway that was started meanwhile, and begins within 10 s of its return', async () => {
  await stack.temporal.kill();
  const early = await generate(stack);
  await stack.gateway.kill();
  await stack.gateway.start();
  const late = await generate(stack);
  expect(await statusOf(stack, early)).toMatchObject({ status: 'pending' });
  await stack.temporal.start();
  const backAt = Date.now();
  for (const id of [early, late]) {
    await until(
      `job ${id} begins`,
      async () => (await statusOf(stack, id)).status !== 'pending',
      backAt + 10_000 - Date.now(),
    );
  }
  await expectUnharmed(early);
  await expectUnharmed(late);
}, 120_000);
