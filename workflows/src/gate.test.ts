import { expect, test } from 'vitest';
import { Gate } from './gate.js';

const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

test('lets in as many as it is wide, in order, whether those before succeed or fail', async () => {
  const gate = new Gate(2);
  const begun: number[] = [];
  const others: number[] = [];
  let inside = 0;
  let most = 0;
  const passing = [0, 1, 2, 3, 4, 5].map((item) =>
    gate.pass(async (found) => {
      begun.push(item);
      others.push(found);
      most = Math.max(most, (inside += 1));
      await tick();
      inside -= 1;
      if (item % 2 === 0) throw new Error(`item ${item}`);
      return item;
    }),
  );
  const ends = await Promise.allSettled(passing);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
  expect(most).toBe(2);
  expect(others[0]).toBe(0);
  expect(Math.max(...others)).toBe(1);
  expect(ends.map(({ status }) => status === 'fulfilled')).toEqual([
    false,
    true,
    false,
    true,
    false,
    true,
  ]);
  expect(await gate.pass((found) => Promise.resolve(found))).toBe(0);
});
