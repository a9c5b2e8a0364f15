import { beforeAll, expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UnitsOfRun } from '@aura/proto';
import {
  eventLog,
  failedWorkflowTasks,
  historyOf,
  logFaults,
  plainStack,
  post,
  statesIn,
  until,
  untilSucceeded,
  untilTerminal,
  type Stack,
} from '../harness/index.js';

/** Jobs that wait for their users, and are held by them. */
let stack: Stack;

beforeAll(async () => {
  stack = await plainStack();
}, 120_000);

interface Asked {
  at: string;
  script: { scenes: { id: string; narration: string }[] };
  files: { sceneId: string; url: string }[];
}

async function order(approvals: object[]): Promise<string> {
  const answer = await post(`${stack.url}/api/jobs`, {
    brief: 'The sea is salty because rivers carry salt into it. The salt stays there.',
    durationMinutes: 0.1,
    options: { quality: 'draft', fps: 12, approvals },
  });
  return ((await answer.json()) as { jobId: string }).jobId;
}

async function act(id: string, verb: string, body?: object) {
  const answer = await post(`${stack.url}/api/jobs/${id}/${verb}`, body);
  return (await answer.json()) as { state?: string; code?: string };
}

function asked(id: string, at: string): Promise<Asked> {
  return until(`job ${id} asks for the ${at}`, async () => {
    const answer = await fetch(`${stack.url}/api/jobs/${id}/approval`);
    const approval = (await answer.json()) as Asked;
    return approval.at === at && approval;
  });
}

test('a film is made of the script that its user has approved, and goes on after a pause where it was', async () => {
  const id = await order([{ at: 'script' }, { at: 'storyboard' }]);
  const { script } = await asked(id, 'script');
  expect(script.scenes.length).toBeGreaterThan(0);
  expect(await act(id, 'pause')).toMatchObject({ code: 'JobNotPausable' });
  expect(await act(id, 'approve', { at: 'budget' })).toMatchObject({
    code: 'JobNotAwaitingApproval',
  });
  const scenes = [{ id: script.scenes[0]!.id, narration: 'Salt comes from the rivers.' }];
  expect((await act(id, 'approve', { script: { scenes } })).state).not.toBe('canceling');

  const { files } = await asked(id, 'storyboard');
  expect(files.map(({ sceneId }) => sceneId)).toEqual([scenes[0]!.id]);
  const picture = await fetch(stack.url + files[0]!.url);
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
  const hold = stack.barrier.hold({ checkpoint: 'before', unit: 'narrateScene' });
  const done = stack.barrier.arrivals.length;
  await act(id, 'approve', { at: 'storyboard' });
  await hold.reached();
  expect(await act(id, 'pause')).toMatchObject({ state: 'paused' });
  hold.release();
  const mine = () =>
    stack.barrier.arrivals.slice(done).filter(({ workflowId }) => workflowId.includes(id));
  await until('the narration is kept', () =>
    mine().some(({ unit, checkpoint }) => unit === 'narrateScene' && checkpoint === 'recorded'),
  );
  // Longer than what comes between the units below.
  await sleep(1_500);
  expect(mine().filter(({ unit }) => unit !== 'narrateScene')).toEqual([]);
  const resumedAt = Date.now();
  expect(await act(id, 'resume')).toMatchObject({ state: 'running' });
  await untilSucceeded(stack, id);
  // That it stood still is no work.
  expect(await workMs(id, ['encodeSegment', 'assembleFilm'])).toBeLessThan(Date.now() - resumedAt);
  const log = await eventLog(stack, id);
  expect(logFaults(log)).toEqual([]);
  expect(statesIn(log)).toEqual([
    'queued',
    'running',
    'awaiting-approval',
    'running',
    'awaiting-approval',
    'running',
    'paused',
    'running',
    'succeeded',
  ]);
  const units = mine()
    .filter(({ checkpoint }) => checkpoint === 'before')
    .map(({ unit }) => unit);
  expect(units).toEqual(['narrateScene', 'encodeSegment', 'assembleFilm']);
  expect(failedWorkflowTasks(await historyOf(stack, id))).toEqual([]);
}, 120_000);

/** How long these units have taken together, as the run has told the record at its end, in ms. */
async function workMs(id: string, units: readonly string[]): Promise<number> {
  const events = await historyOf(stack, id);
  const inputs = events.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => {
    return scheduled?.activityType?.name === 'finish' ? (scheduled.input?.payloads ?? []) : [];
  });
  const { units: made } = JSON.parse(Buffer.from(inputs[0]!.data!).toString()) as {
    units: UnitsOfRun;
  };
  return made.kinds
    .filter(({ unit }) => units.includes(unit))
    .reduce((sum, { tookMs }) => sum + tookMs, 0);
}

test('what is rejected ends the job at once, with the reason', async () => {
  const id = await order([{ at: 'script', deadlineMinutes: 5 }]);
  await asked(id, 'script');
  expect(await act(id, 'reject', { reason: 'too dull' })).toMatchObject({
    state: expect.stringMatching(/^cancel/),
  });
  const status = await untilTerminal(stack, id);
  expect(status).toMatchObject({ status: 'canceled', error: { code: 'ApprovalRejected' } });
  expect(statesIn(await eventLog(stack, id)).slice(-2)).toEqual(['canceling', 'canceled']);
  expect(await act(id, 'approve', {})).toMatchObject({ code: 'JobNotAwaitingApproval' });
}, 60_000);
