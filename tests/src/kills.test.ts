import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Checkpoint } from '@aura/work';
import { workflowIdOf, type UnitName } from '@aura/proto';
import {
  activitiesIn,
  countsOf,
  eventLog,
  failedWorkflowTasks,
  forgetResults,
  ffmpegUnder,
  generate,
  gone,
  historyOf,
  openStream,
  noScratch,
  logFaults,
  noFfmpeg,
  statesIn,
  until,
  untilSucceeded,
  untilTerminal,
  startStack,
  type Arrival,
  type Hold,
  type Match,
  type Part,
  type Stack,
} from './harness/index.js';

/**
 * Workers are killed with SIGKILL at a barrier: in every stage, in each of the four windows of a piece of work. The
 * workers of the stages are not that of the workflow, so that each kill is the loss of a piece of work and no more.
 */
let stack: Stack;

beforeAll(async () => {
  stack = await startStack({
    workers: ['workflows', 'record', 'script,voice,visuals', 'compose-cpu'],
  });
}, 120_000);

afterAll(() => stack?.stop(), 60_000);

/** In the order of a film; voice and picture of a scene are made side by side, and killed by one kill. */
const turns: UnitName[][] = [
  ['measurePace'],
  ['writeScript'],
  ['narrateScene', 'illustrateScene'],
  ['encodeSegment'],
  ['assembleFilm'],
];
const units = turns.flat();

/** Kills the worker that has arrived, proves that no ffmpeg of it outlives it, and starts it again. */
async function killAndRestart(
  { pid }: Arrival,
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  const worker = stack.workers.find((part) => part.isRunning && part.pid === pid) as Part;
  const children = await ffmpegUnder(pid);
  await worker.kill();
  for (const end of ends.splice(0)) end.release();
  await gone(children, 1_000);
  await meanwhile();
  await worker.start();
}

/** In the middle of a unit nobody can be held; but it can be kept from its end until it is killed. */
const ends: Hold[] = [];

async function inTheMiddle(match: Match, isTime: Promise<unknown>): Promise<Arrival> {
  const gate = stack.barrier.hold({ ...match, checkpoint: 'before' });
  const [{ key }] = await Promise.all([gate.reached(90_000), isTime]);
  const middle = stack.barrier.hold({ ...match, key, checkpoint: 'during' });
  const end = stack.barrier.hold({ ...match, key, checkpoint: 'done' });
  gate.release();
  const arrival = await middle.reached();
  middle.release();
  ends.push(end);
  return arrival;
}

/** Two films side by side, each killed in its own window: one kill hits both, for each kind of work once. */
const pairs: [Checkpoint, Checkpoint][] = [
  ['before', 'done'],
  ['during', 'recorded'],
];

test.each(pairs)(
  'workers are killed %s and %s their work, once in every stage: the films are made, and nothing recorded is done again',
  async (first, second) => {
    await forgetResults(stack, 'measurePace'); // the same for every film with this voice
    stack.barrier.pause();
    const ids = [
      await generate(stack, { scenes: 2, voiceId: 'en-US-narrator-f' }),
      await generate(stack, { scenes: 2, voiceId: 'en-US-narrator-m' }),
    ] as const;
    const [one, other] = ids.map((id) => workflowIdOf(id)) as [string, string];
    const kills = turns.map(async (turn) => {
      const held = turn.map((unit) =>
        stack.barrier.hold({ unit, checkpoint: second, workflowId: other }).reached(90_000),
      );
      const others = Promise.all(held);
      const ones = turn.map((unit) => {
        const match = { unit, workflowId: one };
        return first === 'during'
          ? inTheMiddle(match, others)
          : stack.barrier.hold({ ...match, checkpoint: first }).reached(90_000);
      });
      const killed = [...(await Promise.all(ones)), ...(await others)];
      await killAndRestart(killed[0]!);
      return killed;
    });
    stack.barrier.resume();
    const killed = (await Promise.all(kills)).flat();
    for (const id of ids) await expectUnharmed(id, killed);
  },
  180_000,
);

test('a worker is killed before, during and after the look around of three films: each looks around again and is made', async () => {
  stack.barrier.pause();
  const ids = await Promise.all([1, 2, 3].map(() => generate(stack)));
  const [early, busy, late] = ids.map((id) => ({
    unit: 'preflight' as const,
    workflowId: workflowIdOf(id),
  }));
  const held = Promise.all([
    stack.barrier.hold({ ...early, checkpoint: 'before' }).reached(60_000),
    stack.barrier.hold({ ...late, checkpoint: 'done' }).reached(60_000),
  ]);
  const busyOne = inTheMiddle(busy!, held);
  stack.barrier.resume();
  const kills = [...(await held), await busyOne];
  await killAndRestart(kills[0]!);
  for (const id of ids) await expectUnharmed(id, kills, ['preflight']);
}, 180_000);

/** The film is there, and neither the counter outside nor the event history knows of work that was done for nothing. */
async function expectUnharmed(
  id: string,
  kills: readonly Arrival[],
  killedIn: readonly UnitName[] = units,
): Promise<void> {
  await untilSucceeded(stack, id, 60_000);
  const isMine = ({ workflowId }: Arrival) => workflowId === workflowIdOf(id);
  const killed = kills.filter(isMine);
  expect(killed.map(({ unit }) => unit).toSorted()).toEqual(killedIn.toSorted());

  // The counter outside of the killed processes.
  const counts = countsOf(stack.barrier.arrivals.filter(isMine));
  expect(counts.filter(({ begunAfterRecorded }) => begunAfterRecorded > 0)).toEqual([]);
  for (const { key, checkpoint } of killed) {
    const begun = counts.find((count) => count.key === key)!.begun;
    expect(begun).toBe(checkpoint === 'recorded' ? 1 : 2);
  }

  // The event history: nothing was left undone, and what was killed was tried again.
  const events = await historyOf(stack, id);
  const activities = activitiesIn(events);
  expect(activities.filter(({ outcome }) => outcome !== 'completed')).toEqual([]);
  const triedAgain = activities.filter(({ attempt }) => attempt > 1);
  const names = new Set(triedAgain.map(({ activityId }) => activityId));
  expect(killed.filter(({ activityId }) => !names.has(activityId))).toEqual([]);
  expect(failedWorkflowTasks(events)).toEqual([]);

  const log = await eventLog(stack, id);
  expect(logFaults(log)).toEqual([]);
  expect(statesIn(log)).toEqual(['queued', 'running', 'succeeded']);
  await noScratch(stack);
  await noFfmpeg(stack);
}

test('a piece of work that kills three workers ends the job with WorkerCrashed, and is not begun a fourth time', async () => {
  const id = await generate(stack);
  const match = {
    unit: 'narrateScene',
    checkpoint: 'before',
    workflowId: workflowIdOf(id),
  } as const;
  const first = await stack.barrier.hold(match).reached();
  const stream = await openStream(`${stack.url}/api/videos/${id}/stream`);
  const isSaid = (words: string) => () =>
    stream.events.some(({ data }) => data['message'] === words);
  let arrival = first;
  for (let deaths = 1; deaths <= 3; deaths += 1) {
    const again = stack.barrier.hold({ ...match, key: first.key });
    const waits = `waiting for a worker, attempt ${deaths + 1}`;
    await killAndRestart(arrival, () => until(`the stream says ${waits}`, isSaid(waits)));
    if (deaths < 3) arrival = await again.reached();
    else again.release();
  }
  const status = await untilTerminal(stack, id);
  expect(status).toMatchObject({
    status: 'failed',
    error: { code: 'WorkerCrashed', step: 'narration' },
  });
  const begun = stack.barrier.arrivals.filter(
    ({ key, checkpoint }) => key === first.key && checkpoint === 'before',
  );
  expect(begun.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  expect(statesIn(await eventLog(stack, id))).toEqual(['queued', 'running', 'failed']);
  await noScratch(stack);
}, 120_000);

test('a worker that is asked to stop in the middle of a segment leaves no ffmpeg, and the segment loses no try', async () => {
  const compose = stack.workers.find(({ name }) => name.includes('compose-cpu'))!;
  const atOnce = { AURA_DRAIN_MS: '0' };
  await compose.stop();
  await compose.start({ ...atOnce, AURA_ENCODER_PRESET: 'slow' });
  const encoding = stack.barrier.hold({ unit: 'encodeSegment', checkpoint: 'during' });
  const id = await generate(stack, {
    brief: 'A lighthouse keeper counts the ships of one long night.',
    options: { quality: 'standard' },
  });
  const { activityId, workflowId } = await encoding.reached(60_000);
  encoding.release();
  const encoders = await until('FFmpeg encodes', async () => {
    const pids = await ffmpegUnder(compose.pid);
    return pids.length > 0 && pids;
  });
  // As often as a segment may fail, and as often as workers may die of it.
  for (let shutdowns = 1; shutdowns <= 3; shutdowns += 1) {
    await compose.stop();
    if (shutdowns === 1) await gone(encoders, 100);
    const again = stack.barrier.hold({ activityId, workflowId, checkpoint: 'before' });
    await compose.start(atOnce);
    await again.reached(60_000);
    if (shutdowns === 3) again.release();
  }
  await untilSucceeded(stack, id, 60_000);
  const tales = activitiesIn(await historyOf(stack, id));
  expect(tales.find((tale) => tale.activityId === activityId)).toMatchObject({
    attempt: 4,
    outcome: 'completed',
  });
  await noFfmpeg(stack);
}, 120_000);
