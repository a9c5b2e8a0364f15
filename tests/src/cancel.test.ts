import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { workflowIdOf, type UnitName } from '@aura/proto';
import {
  activitiesIn,
  cancel,
  eventLog,
  ffmpegUnder,
  forgetResults,
  generate,
  gone,
  historyOf,
  jobRow,
  noLeftovers,
  logFaults,
  noFfmpeg,
  openStream,
  query,
  startStack,
  statesIn,
  statusOf,
  until,
  untilSucceeded,
  untilTerminal,
  withTemporal,
  type ActivityTale,
  type Problem,
  type Stack,
} from './harness/index.js';

/** PENDING_ACTIVITY_STATE_STARTED of Temporal's API: a worker has it. */
const STARTED = 2;

/** A cancel that arrives while the work of a stage is running, shown by the barrier at which that work stands. */
let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ workers: ['workflows,record,script,voice,visuals', 'compose-cpu'] });
}, 120_000);

afterEach(() => stack.barrier.releaseAll());
afterAll(() => stack?.stop(), 60_000);

/** What must hold of every job that was canceled. */
async function expectCanceled(id: string, running: Partial<ActivityTale>): Promise<void> {
  const status = await untilTerminal(stack, id, 20_000);
  expect(status).toMatchObject({ status: 'canceled', error: { code: 'Canceled' }, videoUrl: null });
  expect(status.progressPercentage).toBeLessThan(100);
  const log = await eventLog(stack, id);
  expect(logFaults(log)).toEqual([]);
  expect(statesIn(log)).toEqual(['queued', 'running', 'canceling', 'canceled']);
  expect(log.at(-1)).toMatchObject({ type: 'job-failed', data: { failure: { code: 'Canceled' } } });
  await noLeftovers(stack);
  await noFfmpeg(stack);
  const activities = activitiesIn(await historyOf(stack, id));
  expect(activities).toContainEqual(expect.objectContaining({ ...running, outcome: 'canceled' }));
}

const held: [string, UnitName][] = [
  ['script', 'writeScript'],
  ['script', 'measurePace'],
  ['voice', 'narrateScene'],
  ['visuals', 'illustrateScene'],
  ['compose', 'assembleFilm'],
];

test.each(held)(
  'a job is canceled in the stage %s, in the middle of %s',
  async (_stage, unit) => {
    await forgetResults(stack, 'measurePace');
    const hold = stack.barrier.hold({ checkpoint: 'before', unit });
    const id = await generate(stack);
    const { workflowId, activityId } = await hold.reached();
    expect(workflowId).toBe(workflowIdOf(id));
    const answer = await cancel(stack, id);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      jobId: id,
      state: expect.stringMatching('cancel'),
    });
    await expectCanceled(id, { name: unit, activityId });
    hold.release();
  },
  120_000,
);

test('a job is canceled in the brief stage, while preflight waits for a worker', async () => {
  const compose = stack.workers.find(({ name }) => name.includes('compose-cpu'))!;
  await compose.stop();
  await query(stack, "DELETE FROM worker_states WHERE report->>'stages' LIKE '%compose%'");
  const id = await generate(stack);
  await until('preflight runs', () =>
    withTemporal(stack, async (client) => {
      const { raw } = await client.workflow.getHandle(workflowIdOf(id)).describe();
      return raw.pendingActivities?.some(
        ({ activityType, state }) =>
          activityType?.name === 'preflight' && Number(state) === STARTED,
      );
    }),
  );
  expect((await cancel(stack, id)).status).toBe(200);
  expect((await untilTerminal(stack, id, 5_000)).status).toBe('canceled');
  await compose.start();
  await stack.healthy();
  await expectCanceled(id, { name: 'preflight' });
}, 120_000);

test('while FFmpeg encodes, a cancel ends it within 5 s and leaves no file; the stream tells it', async () => {
  const compose = stack.workers.find(({ name }) => name.includes('compose-cpu'))!;
  await compose.stop();
  await compose.start({ AURA_ENCODER_PRESET: 'slow' });
  const encoding = stack.barrier.hold({ checkpoint: 'during', unit: 'encodeSegment' });
  const id = await generate(stack, { options: { quality: 'maximum' } });
  const stream = await openStream(`${stack.url}/api/videos/${id}/stream`);
  await encoding.reached(60_000);
  const ffmpeg = await until('FFmpeg encodes', async () => {
    const pids = await ffmpegUnder(compose.pid);
    return pids.length > 0 && pids;
  });

  const canceledAt = Date.now();
  expect((await cancel(stack, id)).status).toBe(200);
  await gone(ffmpeg, 5_000);
  await noFfmpeg(stack, canceledAt + 5_000 - Date.now());
  await expectCanceled(id, { name: 'encodeSegment' });

  await stream.ended();
  expect(stream.events.at(-1)).toMatchObject({
    event: 'error',
    data: { code: 'Canceled', status: 'canceled' },
  });
  expect(stream.events.map(({ data }) => data['state'])).toContain('canceling');
  await compose.stop();
  await compose.start();
}, 120_000);

test('a job that nobody has begun yet is canceled too', async () => {
  const [main] = stack.workers;
  await main!.stop();
  const id = await generate(stack);
  expect((await cancel(stack, id)).status).toBe(200);
  await main!.start();
  await untilTerminal(stack, id, 30_000);
  expect(statesIn(await eventLog(stack, id))).toEqual(['queued', 'canceling', 'canceled']);
}, 120_000);

test('an accepted cancel wins over a film that is finished in the same moment', async () => {
  const hold = stack.barrier.hold({ checkpoint: 'recorded', unit: 'assembleFilm' });
  const id = await generate(stack);
  await hold.reached();
  expect((await cancel(stack, id)).status).toBe(200);
  hold.release();
  const status = await untilTerminal(stack, id);
  expect(status.status).toBe('canceled');
  expect(logFaults(await eventLog(stack, id))).toEqual([]);
  const download = await fetch(`${stack.url}/api/videos/${id}/download`);
  expect(download.status).toBe(409);
  await noLeftovers(stack);
  const last = (await historyOf(stack, id)).at(-1);
  expect(last?.workflowExecutionCanceledEventAttributes).toBeTruthy();
}, 120_000);

test('a second cancel, and one that comes after the end, have codes of their own and change nothing', async () => {
  const hold = stack.barrier.hold({ checkpoint: 'before', unit: 'narrateScene' });
  const id = await generate(stack);
  await hold.reached();
  const answers = await Promise.all([cancel(stack, id), cancel(stack, id), cancel(stack, id)]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  await untilTerminal(stack, id);
  hold.release();
  const before = await jobRow(stack, id);
  const late = await cancel(stack, id);
  expect(late.status).toBe(409);
  expect(late.headers.get('content-type')).toContain('application/problem+json');
  expect((await late.json()) as Problem).toMatchObject({ code: 'JobAlreadyCanceled' });
  expect(await jobRow(stack, id)).toEqual(before);

  const film = await generate(stack);
  await untilSucceeded(stack, film);
  const refused = await cancel(stack, film);
  expect(refused.status).toBe(409);
  expect((await refused.json()) as Problem).toMatchObject({ code: 'JobAlreadyFinished' });
  expect(await statusOf(stack, film)).toMatchObject({ status: 'completed' });

  const nobody = await cancel(stack, '01890000-0000-7000-8000-000000000000');
  expect(nobody.status).toBe(404);
  expect((await nobody.json()) as Problem).toMatchObject({ code: 'JobNotFound' });
}, 120_000);
