import { expect, test } from 'vitest';
import { FILM_BOUNDS } from '@aura/proto';
import { parseCommand, UsageError } from '../setup/command-line.mjs';

test('without words the built-in film is made and served', () => {
  expect(parseCommand([])).toMatchObject({ once: false, brief: undefined, request: {} });
});

test('options become members of the request, and only those that were given', () => {
  const words = ['--once', 'Why the sky is blue', '--duration', '1m30s', '--aspect', '9:16'];
  const { once, brief, request } = parseCommand(words);
  expect({ once, brief }).toEqual({ once: true, brief: 'Why the sky is blue' });
  expect(request).toEqual({
    durationMinutes: 1.5,
    options: { aspect: '9:16' },
  });
});

test('words without quotes are one brief', () => {
  expect(parseCommand(['how', 'bees', 'dance']).brief).toBe('how bees dance');
});

test.each([
  ['60s', 1],
  ['45', 0.75],
  ['2m', 2],
  ['5s', 5 / 60],
  ['30min', 30],
])('a duration of %s is %d minutes', (text, minutes) => {
  expect(parseCommand(['--duration', text]).request.durationMinutes).toBeCloseTo(minutes, 6);
});

function minutesOf(ms: number): number | undefined {
  return parseCommand(['--duration', `${ms / 1_000}s`]).request.durationMinutes;
}

test('the bounds of a film are those of the contract', () => {
  const { minDurationMs, maxDurationMs } = FILM_BOUNDS;
  expect(minutesOf(minDurationMs)).toBe(minDurationMs / 60_000);
  expect(minutesOf(maxDurationMs)).toBe(maxDurationMs / 60_000);
  expect(() => minutesOf(minDurationMs - 1)).toThrow(UsageError);
  expect(() => minutesOf(maxDurationMs + 1)).toThrow(UsageError);
});

test.each([
  [['--frobnicate'], /--frobnicate/],
  [['--duration', 'soon'], /--duration/],
  [['--duration', '4s'], /--duration/],
  [['--duration', '31m'], /--duration/],
  [['--duration'], /--duration/],
  [['--aspect', '3:2'], /--aspect/],
  [['--quality', 'best'], /--quality/],
  [['  '], /empty/],
])('%j is refused by name', (args, reason) => {
  expect(() => parseCommand(args)).toThrow(UsageError);
  expect(() => parseCommand(args)).toThrow(reason);
});
