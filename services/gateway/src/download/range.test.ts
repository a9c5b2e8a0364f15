import { expect, test } from 'vitest';
import fc from 'fast-check';
import { isSameFile, matchesTag, rangeOf } from './range.js';

const part = (start: number, end: number) => ({ kind: 'part', start, end });

test('one range of bytes is served, cut to the file', () => {
  expect(rangeOf('bytes=0-0', 10)).toEqual(part(0, 0));
  expect(rangeOf('bytes=2-', 10)).toEqual(part(2, 9));
  expect(rangeOf('bytes=2-99', 10)).toEqual(part(2, 9));
  expect(rangeOf('bytes=-3', 10)).toEqual(part(7, 9));
  expect(rangeOf('bytes=-99', 10)).toEqual(part(0, 9));
  expect(rangeOf(' BYTES = 1 - 2 ', 10)).toEqual(part(1, 2));
});

test('what lies outside, comes in several parts or cannot be read is not satisfiable', () => {
  const headers = ['10-', '10-11', '5-4', '-0', '-', 'x-y', '0-1,3-4', '', '1-2-3', '--1'];
  for (const header of headers) expect(rangeOf(`bytes=${header}`, 10).kind).toBe('unsatisfiable');
  expect(rangeOf('bytes=0-', 0).kind).toBe('unsatisfiable');
});

test('another unit, and no header, mean the whole file', () => {
  for (const header of [undefined, 'items=0-1', 'x']) {
    expect(rangeOf(header, 10)).toEqual({ kind: 'whole' });
  }
});

test('no header ever asks for bytes outside the file', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(100), fc.nat(120), fc.nat(120), (text, size, a, b) => {
      for (const header of [text, `bytes=${text}`, `bytes=${a}-${b}`, `bytes=-${a}`]) {
        const range = rangeOf(header, size);
        if (range.kind !== 'part') continue;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThanOrEqual(range.start);
        expect(range.end).toBeLessThan(size);
      }
    }),
  );
});

test('a copy is good if one of its tags is ours', () => {
  expect(matchesTag('"a", W/"b"', '"b"')).toBe(true);
  expect(matchesTag('*', '"b"')).toBe(true);
  expect(matchesTag('"a"', '"b"')).toBe(false);
  expect(matchesTag(undefined, '"b"')).toBe(false);
});

test('a range is continued only in the file that it was begun in', () => {
  const file = { tag: '"a"', modifiedAt: new Date('2026-01-01T00:00:00.500Z') };
  expect(isSameFile(undefined, file)).toBe(true);
  expect(isSameFile('"a"', file)).toBe(true);
  expect(isSameFile('"b"', file)).toBe(false);
  expect(isSameFile('W/"a"', file)).toBe(false);
  expect(isSameFile('Thu, 01 Jan 2026 00:00:00 GMT', file)).toBe(true);
  expect(isSameFile('Wed, 31 Dec 2025 00:00:00 GMT', file)).toBe(false);
});
