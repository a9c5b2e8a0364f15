import { expect, test } from 'vitest';
import fc from 'fast-check';
import { retryAfterMs } from './retry-after.js';

const NOW_MS = Date.parse('2026-11-21T18:00:00Z');

test.each([
  [{ 'retry-after': '3' }, 3_000],
  [{ 'retry-after': ' 0 ' }, 0],
  [{ 'retry-after': '0.25' }, 250],
  [{ 'retry-after': '86400' }, 86_400_000],
  [{ 'retry-after-ms': '1234.5', 'retry-after': '9' }, 1_235],
  [{ 'retry-after-ms': 'soon', 'retry-after': '9' }, 9_000],
  [{ 'retry-after': 'Sat, 21 Nov 2026 18:00:05 GMT' }, 5_000],
  [{ 'retry-after': 'Saturday, 21-Nov-26 18:00:05 GMT' }, 5_000],
  [{ 'retry-after': 'Sat Nov 21 18:00:05 2026' }, 5_000],
  [{ 'retry-after': 'Sat, 21 Nov 2026 17:00:00 GMT' }, 0],
])('%j asks for %p ms', (headers, expected) => {
  expect(retryAfterMs(headers, NOW_MS)).toBe(expected);
});

test.each([
  '',
  'soon',
  '-5',
  '1e3',
  'Infinity',
  'NaN',
  '0x10',
  '5 minutes',
  '2026-11-21',
  'Sat, 99 Nov 2026 99:00:05 GMT',
  '9'.repeat(400),
])('nonsense asks for nothing: %j', (value) => {
  expect(retryAfterMs({ 'retry-after': value }, NOW_MS)).toBeUndefined();
});

test('whatever the header, the answer is a whole number of ms that is not negative, or nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.date().map(String)), (value) => {
      const ms = retryAfterMs({ 'retry-after': value, 'retry-after-ms': value }, NOW_MS);
      expect(ms === undefined || (Number.isSafeInteger(ms) && ms >= 0)).toBe(true);
    }),
  );
});
