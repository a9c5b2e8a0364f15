import { afterAll, beforeAll, expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import type { temporal } from '@temporalio/proto';
import { QUEUES, type ComposeActivities } from '@aura/proto';
import { BLOB } from './story/scenario.js';
import { startStories, type Stories } from './story/stories.js';

/** Where segments are encoded when preflight has seen a GPU worker. */
let stories: Stories;

beforeAll(async () => {
  stories = await startStories();
}, 120_000);

afterAll(() => stories?.stop(), 60_000);

test('a segment that no GPU worker takes in time is encoded by a CPU worker, with a warning', async () => {
  const { handle, scenario } = await stories.start({ scenes: 1, plan: { gpu: true } });
  await handle.result();
  const { events } = await handle.fetchHistory();
  expect(encodingQueues(events)).toEqual([QUEUES['compose-gpu'], QUEUES['compose-cpu']]);
  expect(scenario.finished?.warnings).toMatchObject([{ code: 'GpuUnavailable', sceneId: 's01' }]);

  const gpu = await stories.serve('compose-gpu');
  try {
    const { finished } = await stories.produce({ scenes: 1, plan: { gpu: true } });
    expect(finished).toMatchObject({ state: 'succeeded', warnings: [] });
  } finally {
    await gpu.stop();
  }
});

test('segments that wait for each other on a GPU queue whose worker is well stay there, without a warning', async () => {
  const gpu = await stories.serve('compose-gpu', 2);
  let onQueue = 0;
  try {
    const { handle, scenario } = await stories.start({
      scenes: 7,
      plan: { gpu: true },
      overrides: {
        encodeSegment: async ({ shot }) => {
          onQueue += 1;
          await sleep(400); // with two slots the fifth is begun after 800 ms, past the wait of 500 ms
          const { sceneId, index, frames } = shot;
          return { sceneId, index, frames, video: BLOB, unitKey: sceneId };
        },
      },
    });
    await handle.result();
    expect(scenario.finished).toMatchObject({ state: 'succeeded', warnings: [] });
    const { events } = await handle.fetchHistory();
    expect(encodingQueues(events)).toEqual(Array.from({ length: 7 }, () => QUEUES['compose-gpu']));
    expect(onQueue).toBe(7);
  } finally {
    await gpu.stop();
  }
});

test('where hardware fails in one scene a processor makes the whole film, and the job is told', async () => {
  const gpu = await stories.serve('compose-gpu', 2);
  const warning = { code: 'HardwareEncodingFailed', message: 'it failed', stage: 'compose' };
  let onHardware = 0;
  try {
    const { handle, scenario } = await stories.start({
      scenes: 3,
      plan: { gpu: true },
      overrides: {
        encodeSegment: async ({ shot: { sceneId, index, frames } }) => {
          const failed = { encoder: '', warnings: [{ ...warning, sceneId }] };
          const isGpu = Context.current().info.taskQueue === QUEUES['compose-gpu'];
          const isSecond = isGpu && (onHardware += 1) === 2;
          const hardware = isSecond ? failed : { encoder: 'h264_nvenc', warnings: [] };
          const segment = { sceneId, index, frames, video: BLOB, unitKey: sceneId };
          return { ...segment, ...(isGpu ? { hardware } : {}) };
        },
      },
    });
    await handle.result();
    expect(scenario.finished).toMatchObject({ state: 'succeeded' });
    expect(scenario.finished?.warnings).toMatchObject([warning]);
    expect(scenario.finished?.film?.hardware).toBeUndefined();
    const { events } = await handle.fetchHistory();
    const queues = encodingQueues(events);
    // The other one that hardware had made, and the third scene.
    expect(queues.filter((queue) => queue === QUEUES['compose-cpu'])).toHaveLength(2);
    expect(queues.at(-1)).toBe(QUEUES['compose-cpu']);
  } finally {
    await gpu.stop();
  }
});

test('a film that hardware has encoded says so, and who wants none gets none', async () => {
  const gpu = await stories.serve('compose-gpu', 2);
  const encodeSegment: ComposeActivities['encodeSegment'] = async ({ shot }) => {
    const { sceneId, index, frames } = shot;
    const hardware = { encoder: 'h264_nvenc', warnings: [] };
    const isGpu = Context.current().info.taskQueue === QUEUES['compose-gpu'];
    const segment = { sceneId, index, frames, video: BLOB, unitKey: sceneId };
    return { ...segment, ...(isGpu ? { hardware } : {}) };
  };
  try {
    const on = (wish?: string) =>
      stories.produce({
        scenes: 2,
        plan: { gpu: true },
        overrides: { encodeSegment },
        ...(wish ? { hardware: wish } : {}),
      });
    expect((await on()).finished?.film?.hardware).toBe('h264_nvenc');
    expect((await on('nvidia')).finished?.film?.hardware).toBe('h264_nvenc');
    expect((await on('none')).finished?.film?.hardware).toBeUndefined();
  } finally {
    await gpu.stop();
  }
});

function encodingQueues(events: temporal.api.history.v1.IHistoryEvent[] | null | undefined) {
  return (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: planned }) =>
    planned?.activityType?.name === 'encodeSegment' ? [planned.taskQueue?.name] : [],
  );
}
