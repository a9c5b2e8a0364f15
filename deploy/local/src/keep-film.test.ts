import { expect, test } from 'vitest';
import { fileNameOf } from './keep-film.js';

test.each([
  ['Why the sea is salty', 'why-the-sea-is-salty'],
  ['Was ist «Föhn»?', 'was-ist-föhn'],
  ['海はなぜ塩辛い', '海はなぜ塩辛い'],
  ['../../etc/passwd', 'etc-passwd'],
  ['-rf; rm *', 'rf-rm'],
  ['…', 'film'],
])('%s is kept as %s', (title, name) => {
  expect(fileNameOf(title)).toBe(name);
});

test('a long title is a name that every file system takes', () => {
  expect(Buffer.byteLength(fileNameOf('𠀀'.repeat(300)))).toBeLessThanOrEqual(200);
});
