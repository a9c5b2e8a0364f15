import { expect, test } from 'vitest';
import fc from 'fast-check';
import { parseJson } from './json.js';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test('sound JSON is given as JSON.parse gives it, from text and from bytes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const text = JSON.stringify(value);
      if (text.includes('\\u0000')) return;
      const expected = { ok: true, value: JSON.parse(text) as unknown };
      expect(parseJson(text)).toEqual(expected);
      expect(parseJson(Buffer.from(text))).toEqual(expected);
    }),
  );
});

test('twenty levels pass and twenty-one do not, wherever brackets stand in strings', () => {
  expect(parseJson(nested(20)).ok).toBe(true);
  expect(parseJson(nested(21))).toEqual({ ok: false, problem: 'too deep' });
  expect(parseJson(JSON.stringify({ text: nested(500) + '\\"[[' })).ok).toBe(true);
  expect(parseJson('{"a":'.repeat(21) + '1' + '}'.repeat(21)).problem).toBe('too deep');
});

test('brackets are counted right whatever strings hold', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom('\\', '"', '[', '{', 'a') })),
      (texts) => {
        const inside = JSON.stringify(texts);
        expect(parseJson(`${'['.repeat(19)}${inside}${']'.repeat(19)}`).ok).toBe(true);
        expect(parseJson(`${'['.repeat(20)}${inside}${']'.repeat(20)}`).ok).toBe(false);
      },
    ),
  );
});

test('a million levels are refused at once', () => {
  const startedMs = performance.now();
  expect(parseJson(nested(1_000_000)).problem).toBe('too deep');
  expect(performance.now() - startedMs).toBeLessThan(5_000);
});

test.each(['', '{', 'undefined', "{'a':1}", '[1,]', '"\u0001"', 'NaN', '\uFEFFx'])(
  'what is no JSON is refused: %j',
  (text) => {
    expect(parseJson(text)).toEqual({ ok: false, problem: 'not JSON' });
  },
);

test('NUL is refused in values and names; its spelled-out form is text like any other', () => {
  expect(parseJson('{"a":["x\\u0000y"]}').problem).toBe('holds NUL');
  expect(parseJson('{"a\\u0000":1}').problem).toBe('holds NUL');
  expect(parseJson('{"a":"\\\\u0000"}')).toEqual({ ok: true, value: { a: '\\u0000' } });
});

test('bytes that are no UTF-8 are refused, and so is what is larger than the limit', () => {
  expect(parseJson(Buffer.from([0x22, 0xff, 0x22])).problem).toBe('not JSON');
  expect(parseJson('"ä"', { maxBytes: 3 }).problem).toBe('too large');
  expect(parseJson('"ä"', { maxBytes: 4 }).ok).toBe(true);
});

test('a picture of 30 MB inside JSON costs little more than JSON.parse', () => {
  const text = JSON.stringify({ data: [{ b64_json: 'A'.repeat(30_000_000) }] });
  const startedMs = performance.now();
  expect(parseJson(text, { maxBytes: 40_000_000 }).ok).toBe(true);
  expect(performance.now() - startedMs).toBeLessThan(5_000);
});
