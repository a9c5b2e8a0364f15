import { expect, test } from 'vitest';
import { lanes } from './lanes.js';

const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

test('begins items in order and never has more in work than there are lanes', async () => {
  const begun: number[] = [];
  let inWork = 0;
  let most = 0;
  await lanes([0, 1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    most = Math.max(most, (inWork += 1));
    await tick();
    inWork -= 1;
  });
  expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

test('a failed item lets those in work finish, begins no others, and is what is thrown', async () => {
  const finished: number[] = [];
  const work = lanes([0, 1, 2, 3], 2, async (item) => {
    if (item === 0) throw new Error('scene 0');
    await tick();
    finished.push(item);
  });
  await expect(work).rejects.toThrow('scene 0');
  expect(finished).toEqual([1]);
});

test('of several failures the earliest item’s is thrown', async () => {
  const work = lanes([0, 1], 2, async (item) => {
    if (item === 0) await tick();
    throw new Error(`scene ${item}`);
  });
  await expect(work).rejects.toThrow('scene 0');
});
