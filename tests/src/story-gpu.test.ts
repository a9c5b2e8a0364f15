import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { temporal } from '@temporalio/proto';
import { QUEUES } from '@aura/proto';
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

function encodingQueues(events: temporal.api.history.v1.IHistoryEvent[] | null | undefined) {
  return (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: planned }) =>
    planned?.activityType?.name === 'encodeSegment' ? [planned.taskQueue?.name] : [],
  );
}
