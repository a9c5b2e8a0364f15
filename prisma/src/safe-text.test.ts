import { expect, test } from 'vitest';
import fc from 'fast-check';
import { safeText } from './safe-text.js';

test('takes out NUL and lone surrogates at any depth, keys included', () => {
  const value = { 'a\u0000': ['x\uD800y', { b: '\uDC00' }], n: 1, t: true, z: null };
  expect(safeText(value)).toEqual({
    'a\uFFFD': ['x\uFFFDy', { b: '\uFFFD' }],
    n: 1,
    t: true,
    z: null,
  });
});

test('leaves every well-formed text as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(safeText(text)).toBe(text.replaceAll('\u0000', '\uFFFD'));
    }),
  );
  const at = new Date();
  expect(safeText({ at })).toEqual({ at });
});

test('whatever comes in, what comes out can be stored', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
      const text = safeText(String.fromCharCode(...units));
      expect(text).not.toContain('\u0000');
      expect(Buffer.from(text).toString()).toBe(text);
      expect(text).toHaveLength(units.length);
    }),
  );
});
