import { expect, test } from 'vitest';
import fc from 'fast-check';
import { speakable, unspeakableIn } from './speakable.js';

test.each([
  ['markdown', 'Bees are **very** busy.', 'Bees are very busy.'],
  ['markdown', '# Bees\nBees are busy.', 'Bees are busy.'],
  ['markdown', '- Bees make honey.\n- They make wax.', 'Bees make honey. They make wax.'],
  ['markdown', 'Read [the book](https://example.com/x) about bees.', 'Read the book about bees.'],
  ['markdown', 'That is *never* so.', 'That is never so.'],
  ['markdown', 'Use `honey` here.', 'Use honey here.'],
  ['stage directions', '[Soft music swells] Bees are busy.', 'Bees are busy.'],
  ['stage directions', 'Bees are busy. (pause) Very busy.', 'Bees are busy. Very busy.'],
  ['stage directions', 'Bees (camera zooms in) are busy.', 'Bees are busy.'],
  ['stage directions', 'CUT TO: a hive\nBees are busy.', 'Bees are busy.'],
  ['stage directions', 'Bienen (leise Musik) sind fleißig.', 'Bienen sind fleißig.'],
  ['stage directions', '蜜蜂很忙。（音乐渐起）它们飞得很远。', '蜜蜂很忙。它们飞得很远。'],
  ['speaker labels', 'Narrator: Bees are busy.', 'Bees are busy.'],
  ['speaker labels', '**Narrator:** Bees are busy.', 'Bees are busy.'],
  ['speaker labels', 'Bees are busy. NARRATOR: Very busy.', 'Bees are busy. Very busy.'],
  ['speaker labels', 'Sprecher: Bienen sind fleißig.', 'Bienen sind fleißig.'],
  ['speaker labels', '旁白：蜜蜂很忙。', '蜜蜂很忙。'],
  ['links', 'See https://example.com/a?b=c for more.', 'See for more.'],
  ['links', 'Write to bees@example.org today.', 'Write to today.'],
  ['links', 'It is on bees.com now.', 'It is on now.'],
  ['emoji', 'Bees are busy 🐝.', 'Bees are busy.'],
])('finds %s in %p and takes them out', (what, text, plain) => {
  expect(unspeakableIn(text)).toContain(what);
  expect(speakable(text)).toBe(plain);
  expect(unspeakableIn(speakable(text))).toEqual([]);
});

test.each([
  'In 1969 (the year of the moon landing) three men flew 384,400 km.',
  'The scene of the crime (a quiet street) was empty.',
  'She said: bees are busy. It costs $3.50 – or 3 × 2 = 6 – at most.',
  'L’abeille est occupée (très occupée, même).',
  'The plan is simple; the image stays.',
  'Mr. Smith met Dr. Jones at 5 p.m. in St. Louis.',
  'Die Biene fliegt 3 km weit, z. B. zum Raps.',
])('leaves what people say as it is: %p', (text) => {
  expect(unspeakableIn(text)).toEqual([]);
  expect(speakable(text)).toBe(text);
});

test('whatever comes in, what comes out can be spoken, and stays as it is the next time', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '**',
      '[',
      ']',
      '(',
      ')',
      'pause',
      'Narrator:',
      '# ',
      '- ',
      '\n',
      '`',
      '*',
      '_',
      'https://a.b/',
      '<b>',
      '|',
      ' ',
      'bees',
      '。',
      '（',
      '）',
      '🐝',
      '{{',
      '\\',
    ),
    fc.string({ maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const plain = speakable(pieces.join(''));
      expect(speakable(plain)).toBe(plain);
      expect(/[\p{Cc}\p{Cs}\n]/u.test(plain)).toBe(false);
    }),
    { numRuns: 400 },
  );
});

test('takes linear time on texts made to be slow', () => {
  const slow = [
    '('.repeat(20_000),
    '[a'.repeat(20_000),
    '*a '.repeat(20_000),
    'http:'.repeat(10_000),
    'a.'.repeat(20_000),
    '<a '.repeat(20_000),
    '(music '.repeat(10_000),
    '|-'.repeat(20_000),
  ];
  const startedAt = performance.now();
  for (const text of slow) {
    unspeakableIn(text);
    speakable(text);
  }
  expect(performance.now() - startedAt).toBeLessThan(4_000);
});
