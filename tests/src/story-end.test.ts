import { afterAll, beforeAll, expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { CancelledFailure } from '@temporalio/common';
import { PAUSE_SIGNAL, STATUS_QUERY, type VideoStatus } from '@aura/proto';
import { scaled, until } from './harness/index.js';
import { testApprovals } from './story/approvals.js';
import { failing, narrationOf } from './story/scenario.js';
import { startStories, type Stories } from './story/stories.js';

/** How a workflow is told, and how it closes: as the record says that its job has ended. */
let stories: Stories;

beforeAll(async () => {
  stories = await startStories();
}, 120_000);

afterAll(() => stories?.stop(), 60_000);

test.each(['narrateScene', 'encodeSegment', 'assembleFilm'] as const)(
  'a job that is canceled during %s is told as canceled only when that work has cleaned up',
  async (unit) => {
    let cleaned = 0;
    const { handle, scenario } = await stories.start({
      overrides: {
        [unit]: async () => {
          const beating = setInterval(() => heartbeat(), 50);
          const signal = cancellationSignal();
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
          await sleep(700);
          clearInterval(beating);
          cleaned = Date.now();
          throw signal.reason;
        },
        finish: async (request) => {
          expect(cleaned).toBeGreaterThan(0);
          scenario.finished = request;
          return { seq: 1, state: 'canceled' };
        },
      },
    });
    await until('it is at work', () => scenario.calls.some((call) => call.startsWith(unit)));
    await handle.cancel();
    const outcome = await handle.result().catch((error: unknown) => error);
    expect(outcome).toMatchObject({ cause: expect.any(CancelledFailure) });
    expect(scenario.finished).toMatchObject({ state: 'canceled' });
    expect((await handle.describe()).status.name).toBe('CANCELLED');
    expect(scenario.calls.at(-1)).toBe('releaseScratch');
  },
);

test('a mistake of the workflow’s own code stops the job where it is: nothing is written, cleared up or ended', async () => {
  const { handle, scenario } = await stories.start({
    plan: { chains: { script: ['rules'], voice: ['first'], visuals: undefined as never } },
  });
  const failed = await until('its task fails', async () => {
    const { events = [] } = await handle.fetchHistory();
    return events?.some(({ workflowTaskFailedEventAttributes: told }) => told);
  });
  expect(failed).toBe(true);
  expect((await handle.describe()).status.name).toBe('RUNNING');
  expect(scenario.calls).not.toContain('releaseScratch');
  expect(scenario.finished).toBeUndefined();
  await handle.terminate();
});

test.each([['succeeded'], ['failed']])(
  'a cancel that the record knew of first wins over a run that %s, in Temporal too, even where it is told of it later',
  async (outcome) => {
    const { handle, scenario } = await stories.start({
      overrides: {
        ...(outcome === 'failed'
          ? { assembleFilm: async () => failing('OutOfDiskSpace', 'machine') }
          : {}),
        finish: async () => ({ seq: 9, state: 'canceled' }),
      },
    });
    await until('the end is recorded', () => scenario.calls.includes('finish'));
    await handle.cancel();
    const end = await handle.result().catch((error: unknown) => error);
    expect(end).toMatchObject({ cause: expect.any(CancelledFailure) });
    const { status, searchAttributes } = await handle.describe();
    expect(status.name).toBe('CANCELLED');
    expect(searchAttributes).toMatchObject({ AuraState: ['canceled'] });
    expect(searchAttributes).not.toHaveProperty('AuraFailure');
    expect(scenario.calls.at(-1)).toBe('releaseScratch');
  },
);

test('a film that the record does not believe in ends its workflow as failed too', async () => {
  const { handle } = await stories.start({
    overrides: { finish: async () => ({ seq: 9, state: 'failed' }) },
  });
  await expect(handle.result()).rejects.toThrow();
  const { status, searchAttributes } = await handle.describe();
  expect(status.name).toBe('FAILED');
  expect(searchAttributes).toMatchObject({ AuraState: ['failed'] });
});

test('an operator sees state, stage and scenes by query, and the end by search attributes', async () => {
  const { handle, scenario } = await stories.start({
    overrides: { illustrateScene: async () => failing('GlyphsMissing', 'provider') },
  });
  await handle.result().catch(() => undefined);
  const status = await handle.query<VideoStatus>(STATUS_QUERY);
  expect(status).toMatchObject({ state: 'failed', scenesTotal: 3 });
  expect(['voice', 'visuals']).toContain(status.stage);
  expect(Object.keys(status.scenes)).toEqual(['s01', 's02', 's03']);
  const { searchAttributes } = await handle.describe();
  expect(searchAttributes).toMatchObject({ AuraState: ['failed'], AuraFailure: ['GlyphsMissing'] });
  expect(scenario.finished?.state).toBe('failed');
});

test('a long film is told in a few dozen rows, its percentage never falls, and its history stays small', async () => {
  const scenes = scaled(30, 120);
  const { handle, scenario } = await stories.start({ scenes });
  await handle.result();
  const percents = scenario.advances.map(({ percent }) => percent);
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(Math.max(...percents)).toBeLessThan(100);
  expect(percents.length).toBeLessThan(60);
  const { events } = await handle.fetchHistory();
  expect((events!.length * 120) / scenes).toBeLessThan(5_000);
}, 120_000);

test('while a job is paused no unit of work is begun; those in work end and are not done again; late wishes count for nothing', async () => {
  let speaking = 0;
  let letSpeak!: () => void;
  const mayEnd = new Promise<void>((resolve) => (letSpeak = resolve));
  const { handle, scenario } = await stories.start({
    scenes: 4,
    plan: { limits: { heartbeatTimeoutMs: 9_000, lanes: 1, gpuWaitMs: 500, stageTimeoutsMs: {} } },
    overrides: {
      narrateScene: async (request) => {
        speaking += 1;
        await mayEnd;
        return narrationOf(request);
      },
    },
  });
  await until('it speaks', () => speaking > 0);
  await handle.signal(PAUSE_SIGNAL, { paused: true, order: 7 });
  await handle.signal(PAUSE_SIGNAL, { paused: false, order: 6 });
  letSpeak();
  await until('nothing is in work', async () => {
    const { raw } = await handle.describe();
    return raw.pendingActivities?.length === 0;
  });
  await sleep(300);
  const begun = scenario.calls.filter((call) => /^(narrate|illustrate|encode)/.test(call));
  expect(begun.toSorted()).toEqual(['illustrateScene s01 cards', 'narrateScene s01 first']);
  expect(await handle.query<VideoStatus>(STATUS_QUERY)).toMatchObject({ state: 'paused' });

  await handle.signal(PAUSE_SIGNAL, { paused: false, order: 8 });
  await handle.result();
  expect(scenario.finished?.state).toBe('succeeded');
  expect(scenario.calls.filter((call) => call === 'narrateScene s01 first')).toHaveLength(1);
});

test('a paused job is canceled at once', async () => {
  const { handle, scenario } = await stories.start();
  await handle.signal(PAUSE_SIGNAL, { paused: true, order: 1 });
  await until('it is paused', async () => {
    return (await handle.query<VideoStatus>(STATUS_QUERY)).state === 'paused';
  });
  await handle.cancel();
  await expect(handle.result()).rejects.toMatchObject({ cause: expect.any(CancelledFailure) });
  expect(scenario.finished).toMatchObject({ state: 'canceled' });
  expect(scenario.calls).not.toContain('assembleFilm');
});

testApprovals(() => stories);
