import { expect, test } from '@jest/globals';
import { parseCommand, UsageError } from './command-line.js';

test('without words the built-in film is made and served', () => {
  expect(parseCommand([])).toMatchObject({ once: false, brief: undefined, request: {} });
});

test('options become members of the request, and only those that were given', () => {
  const words = ['--once', 'Why the sky is blue', '--duration', '1m30s', '--aspect', '9:16'];
  const { once, brief, request } = parseCommand(words);
  expect({ once, brief }).toEqual({ once: true, brief: 'Why the sky is blue' });
  expect(JSON.parse(JSON.stringify(request))).toEqual({
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
