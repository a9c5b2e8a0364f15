import { expect, test } from 'vitest';
import fc from 'fast-check';
import { Failure } from '@aura/failure';
import { scriptProblems } from '../../validate-script.js';
import { write } from '../../testing/scripts.js';
/** `npm run test:long` tries more. */
const RUNS = process.env['AURA_TEST_SCALE'] === 'long' ? 500 : 60;

const text = fc.oneof(
  fc.string({ maxLength: 400, unit: 'grapheme' }),
  fc.string({ maxLength: 400, unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '- ',
        '\n',
        '# ',
        '1. ',
        '. ',
        ': ',
        '; ',
        '“',
        '”',
        '(',
        '<b>',
        '**',
        'tea',
        'Dr. ',
        '3.5 km ',
        '🎉',
        '\u202e',
        'مرحبا ',
        '蜜蜂',
        'the ',
        'how ',
        '?',
        '!',
      ),
      { maxLength: 80 },
    )
    .map((parts) => parts.join('')),
);

test('any text gives a sound script or a clear failure', async () => {
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.constantFrom('en-US', '', 'de-DE', 'ja-JP', 'ar', 'sw', 'x-nonsense'),
      fc.constantFrom(5, 30, 120),
      async (brief, language, seconds) => {
        try {
          const script = await write({ text: brief, language, seconds });
          expect(scriptProblems(script, { mayRepeat: true })).toEqual([]);
          expect(JSON.stringify(script).length).toBeLessThan(256 * 1024);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          expect(['ScriptInvalid', 'InvalidInput:brief']).toContain((error as Failure).code);
        }
      },
    ),
    { numRuns: RUNS, examples: [['- \n蜜蜂\n- ', 'x-nonsense', 5]] },
  );
});

test.each([
  ['one endless word', 'a'.repeat(100_000)],
  ['only punctuation', '!?.,;:'.repeat(15_000)],
  ['abbreviations', 'e.g. '.repeat(20_000)],
  ['unclosed tags', '<!-- <a '.repeat(12_000)],
  ['unclosed markup', '**[['.repeat(25_000)],
  ['headings', '# h\n'.repeat(25_000)],
  ['bullets', '- item\n'.repeat(14_000)],
  ['semicolons', 'a; '.repeat(33_000)],
  ['colons', 'a: '.repeat(33_000)],
  ['Chinese without an end', '蜜'.repeat(100_000)],
  ['requests', 'Create a video about '.repeat(4_800)],
  ['marks on marks', 't\u0301'.repeat(50_000)],
])('a hundred thousand characters of %s are dealt with in seconds', async (_name, brief) => {
  const before = process.cpuUsage();
  await write({ text: brief, seconds: 60 }).catch((error: unknown) =>
    expect(error).toBeInstanceOf(Failure),
  );
  expect(process.cpuUsage(before).user).toBeLessThan(10_000_000);
});
