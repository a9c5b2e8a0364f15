import { expect, test } from 'vitest';
import { Failure } from '@aura/failure';
import fc from 'fast-check';
import { MAX_JSON_DEPTH, readJson } from './read-json.js';

const read = (text: string) => readJson(Buffer.from(text));

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

function codeOf(text: string | Uint8Array): string {
  try {
    readJson(Buffer.from(text as string));
    return 'accepted';
  } catch (error) {
    return error instanceof Failure ? error.code : `threw ${String(error)}`;
  }
}

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const text = JSON.stringify(value);
      if (/"(__proto__|prototype|constructor)":/.test(text)) return;
      expect(read(text)).toEqual(JSON.parse(text));
    }),
  );
});

test('refuses what is nested too deeply, however deep, and takes the last level that is not', () => {
  expect(codeOf(nested(MAX_JSON_DEPTH))).toBe('accepted');
  expect(codeOf(nested(MAX_JSON_DEPTH + 1))).toBe('MalformedJson');
  expect(codeOf(nested(200_000))).toBe('MalformedJson');
  expect(codeOf('{"a":'.repeat(10_000))).toBe('MalformedJson');
  expect(codeOf(JSON.stringify({ brief: '[{'.repeat(1_000) }))).toBe('accepted');
});

test('refuses members that are named twice or reach for a prototype, in any spelling', () => {
  expect(codeOf('{"a":1,"a":2}')).toBe('InvalidInput:a');
  expect(codeOf('{"a":1,"\\u0061":2}')).toBe('InvalidInput:a');
  expect(codeOf('{"a":{"b":1},"c":{"b":1}}')).toBe('accepted');
  expect(codeOf('{"__proto__":{"x":1}}')).toBe('InvalidInput:__proto__');
  expect(codeOf('{"a":[{"\\u005f_proto__":1}]}')).toBe('InvalidInput:__proto__');
  expect(codeOf('{"constructor" : {"prototype":{}}}')).toBe('InvalidInput:constructor');
  expect(codeOf('{"brief":"__proto__"}')).toBe('accepted');
});

test('refuses bytes that are no UTF-8 and text that is no JSON', () => {
  expect(codeOf(Uint8Array.from([0x22, 0xff, 0xfe, 0x22]))).toBe('MalformedJson');
  for (const text of ['', '{', '{"a":1,}', "{'a':1}", 'NaN', '{"a":1}x', '"\u0001"']) {
    expect(codeOf(text)).toBe('MalformedJson');
  }
});
