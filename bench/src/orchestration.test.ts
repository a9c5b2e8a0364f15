import { expect, test } from 'vitest';
import { covered } from './orchestration.js';

test('work side by side counts once, gaps do not count', () => {
  expect(
    covered([
      [10, 20],
      [0, 5],
      [15, 30],
      [16, 18],
    ]),
  ).toBe(25);
  expect(covered([])).toBe(0);
});
