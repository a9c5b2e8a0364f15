import { expect, test } from 'vitest';
import { hashOfKey, newKey, prefixOf } from './key-text.js';

test('a key has 160 secret bits, is known by its prefix, and no two are the same', () => {
  const keys = Array.from({ length: 100 }, () => newKey());
  expect(new Set(keys.map(({ text }) => text)).size).toBe(100);
  for (const { text, prefix, hash } of keys) {
    expect(text).toMatch(/^aura_[0-9a-f]{8}_[0-9a-f]{48}$/);
    expect(prefixOf(text)).toBe(prefix);
    expect(hash).toBe(hashOfKey(text));
    expect(hash).not.toContain(text.slice(14, 30));
  }
});

test('what was mistyped is no key', () => {
  const { text } = newKey();
  const wrong = [text.slice(1), text.toUpperCase(), `${text}0`, text.slice(0, -1), ''];
  for (let at = 5; at < text.length; at += 7) {
    wrong.push(text.slice(0, at) + (text[at] === 'a' ? 'b' : 'a') + text.slice(at + 1));
  }
  for (const one of wrong) expect(prefixOf(one)).toBeUndefined();
});
