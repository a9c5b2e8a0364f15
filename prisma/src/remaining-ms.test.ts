import { expect, test } from 'vitest';
import { remainingMs } from './remaining-ms.js';

const startedAt = new Date(0);
const after = (seconds: number) => new Date(seconds * 1_000);

test('a job at 25 percent after 10 s has 30 s left', () => {
  expect(remainingMs({ state: 'running', percent: 25, startedAt }, after(10))).toBe(30_000);
});

test('nothing is foretold from too little, before the start or after the end', () => {
  expect(remainingMs({ state: 'running', percent: 9, startedAt }, after(10))).toBeUndefined();
  expect(remainingMs({ state: 'queued', percent: 0, startedAt: null }, after(10))).toBeUndefined();
  expect(remainingMs({ state: 'succeeded', percent: 100, startedAt }, after(10))).toBeUndefined();
});

test('a clock that has gone backwards foretells nothing negative', () => {
  expect(remainingMs({ state: 'running', percent: 50, startedAt }, after(-10))).toBe(0);
});
