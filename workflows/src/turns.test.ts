import { expect, test } from 'vitest';
import { Turns } from './turns.js';

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('so many go on at a time, in order, also after a failure; who finds room begins in the call', async () => {
  const turns = new Turns(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const all = Array.from({ length: 5 }, (_, index) =>
    turns.take(() => {
      begun.push(index);
      return new Promise<number>((resolve, reject) => {
        ends[index] = () => (index === 1 ? reject(new Error('no')) : resolve(index));
      });
    }),
  );
  const settled = Promise.allSettled(all);
  expect(begun).toEqual([0, 1]);
  ends[1]!();
  await settle();
  expect(begun).toEqual([0, 1, 2]);
  for (const index of [0, 2]) ends[index]!();
  await settle();
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  for (const index of [3, 4]) ends[index]!();
  expect((await settled).map(({ status }) => status === 'fulfilled')).toEqual([
    true,
    false,
    true,
    true,
    true,
  ]);
});

test('where nothing may wait, nothing does', () => {
  let begun = 0;
  const turns = new Turns(1, () => false);
  for (let index = 0; index < 3; index += 1) {
    void turns.take(async () => (begun += 1));
  }
  expect(begun).toBe(3);
});
