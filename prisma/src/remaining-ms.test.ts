import { expect, test } from 'vitest';
import { foldEvents } from './fold-events.js';
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

test('what a job has stood still for somebody says nothing of its pace', () => {
  const events = (
    ['queued', 'running', 'paused', 'running', 'awaiting-approval', 'running'] as const
  ).map((state, at) => ({
    seq: at + 1,
    at: after([0, 0, 5, 1_005, 1_006, 2_006][at]!),
    data: { type: 'job-status', state, percent: 0, stage: 'brief', message: '' } as const,
  }));
  const { startedAt: begun, stoodMs, state } = foldEvents(events);
  expect(stoodMs).toBe(2_000_000);
  const job = { state, percent: 25, startedAt: begun, stoodMs };
  expect(remainingMs(job, after(2_010))).toBe(30_000);
});

const steps = (...percents: number[]) =>
  (['script', 'narration', 'broll', 'subtitles', 'mux'] as const).map((name, at) => {
    return { name, state: 'running', percent: percents[at] ?? 0 };
  });
const shares = { script: 0.1, narration: 0.2, broll: 0.2, subtitles: 0.4, mux: 0.1 };

test('with experience it is told from the start, and follows the pace of the job the more of it is done', () => {
  const expected = { totalMs: 60_000, shares };
  const at = (seconds: number, ...percents: number[]) =>
    remainingMs(
      { state: 'running', percent: 3, startedAt, expected, steps: steps(...percents) },
      after(seconds),
    );
  expect(at(0)).toBe(60_000);
  // As expected: half of it in half of the time.
  expect(at(30, 100, 100, 100, 0, 0)).toBe(30_000);
  // Twice as slow: between what was expected and its own pace.
  expect(at(60, 100, 100, 100, 0, 0)).toBe(52_500);
  expect(at(108, 100, 100, 100, 100, 0)).toBe(11_940);
  // It hangs at the start: it will not take less than it has.
  expect(at(90, 20, 0, 0, 0, 0)).toBeGreaterThan(55_000);
});
