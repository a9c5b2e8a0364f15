import { afterEach, expect, test } from 'vitest';
import { listenToCheckpoints } from './checkpoints.js';
import { progress, runningActivity, unitInWork } from './progress.js';

afterEach(() => listenToCheckpoints(undefined));

test('a listener that is cut off while it hears of the middle of a unit does not end the process', async () => {
  const unheard: unknown[] = [];
  const note = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', note);
  listenToCheckpoints(() => Promise.reject(new Error('the worker is being stopped')));
  unitInWork.run({ unit: 'encodeSegment', key: 'k', begun: false }, () => progress(10, 'drawing'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('unhandledRejection', note);
  expect(unheard).toEqual([]);
});

test('the middle of a unit is told once, and its percentage never falls', () => {
  const heard: string[] = [];
  listenToCheckpoints((checkpoint, unit) => {
    heard.push(`${checkpoint} ${unit}`);
    return Promise.resolve();
  });
  const details = { percent: 0, detail: '', failures: 0, shutdowns: 0 };
  runningActivity.run(details, () =>
    unitInWork.run({ unit: 'narrateScene', key: 'k', begun: false }, () => {
      progress(60, 'speaking');
      progress(40, 'still speaking');
    }),
  );
  expect(heard).toEqual(['during narrateScene']);
  expect(details).toMatchObject({ percent: 60, detail: 'still speaking' });
});
