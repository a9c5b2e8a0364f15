import { expect, test } from 'vitest';
import { withoutCredentials } from './credentials.js';
import { createLog, withoutSecrets } from './log.js';

test('what looks like a credential is cut out of a text, whoever’s it is', () => {
  const kept = [
    'sk-proj-abcdefghijklmnop1234',
    `aura_0123abcd_${'0a'.repeat(24)}`,
    'AKIAIOSFODNN7EXAMPLE',
    'Bearer abcdefgh.ijkl',
    'Basic YXVyYTphLWNhbmFyeQ==',
    'aura:hunter2',
  ];
  const text = `${kept.slice(0, 5).join(' and ')}, postgresql://aura:hunter2@127.0.0.1/aura`;
  const cut = withoutCredentials(text);
  for (const one of kept) expect(cut).not.toContain(one);
  expect(cut).toContain('postgresql://[cut]@127.0.0.1/aura');
  expect(withoutCredentials('{"authorization":"bearer swordfish"}')).not.toContain('swordfish');
});

test('what is none stays as it is', () => {
  const text =
    'The key-value store at http://127.0.0.1:5005/api answered 12:30 s; a mask-like basic shape. {"task":"sk-1"}';
  expect(withoutCredentials(text)).toBe(text);
  const words =
    'A basic introduction. The standard bearer announcement, and key-performance-indicators of a basic understanding/knowledge.';
  expect(withoutCredentials(words)).toBe(words);
});

test('secrets that are known are cut out in every spelling; what is too short to be one is not', () => {
  const secret = 'pass"word/with=signs';
  const clean = withoutSecrets([secret, 'abc']);
  const spellings = [secret, JSON.stringify(secret), encodeURIComponent(secret)];
  expect(clean(spellings.join(' abc '))).toBe('[cut] abc "[cut]" abc [cut]');
});

test('no line of a log has a secret, in none of its fields', () => {
  const lines: string[] = [];
  const to = { write: (line: string) => lines.push(line) };
  const log = createLog('test', 'info', { to, secrets: ['a long secret'] });
  log.warn({ deep: { down: [{ at: 'x a long secret y' }] } }, 'a long secret');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('x [cut] y');
  expect(lines[0]).not.toContain('a long secret');
});
