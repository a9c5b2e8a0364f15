import { expect, test } from 'vitest';
import fc from 'fast-check';
import { takesOf } from './takes.js';
import { narrationText } from './text/narration-text.js';
import { spokenText } from './text/spoken-text.js';

const TEXT = 'One two three. Four five six, seven. Eight! 🎉 🎉. Nine.';

function textsOf(text: string, longestText: number | undefined, language = 'en'): string[] {
  return takesOf(narrationText(text, language).pieces, longestText).map((take) => {
    const words = take.flatMap((piece) => piece.words);
    return spokenText(
      words.map((word) => word.text),
      words.map(({ glued }) => glued),
    ).text;
  });
}

test('a voice that takes long texts is asked once', () => {
  expect(textsOf(TEXT, 1_000)).toEqual(['One two three. Four five six, seven. Eight! Nine.']);
});

test('takes end with a sentence, and a voice of single sentences gets them one by one', () => {
  expect(textsOf(TEXT, 30)).toEqual(['One two three.', 'Four five six, seven. Eight!', 'Nine.']);
  expect(textsOf(TEXT, undefined)).toHaveLength(4);
});

test('no take is longer than allowed, and nothing is lost or said twice', () => {
  const word = fc.constantFrom(
    'a',
    'of',
    'river',
    'considerable',
    'end.',
    'so,',
    'why?',
    '🎉',
    '—',
  );
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 200 }),
      fc.integer({ min: 320, max: 900 }),
      (words, longest) => {
        const whole = textsOf(words.join(' '), 1_000_000).join(' ');
        const takes = textsOf(words.join(' '), longest);
        for (const take of takes) expect(Array.from(take).length).toBeLessThanOrEqual(longest);
        expect(takes.join(' ')).toBe(whole);
      },
    ),
    { numRuns: 100 },
  );
});

test('words that were written without spaces are sent without', () => {
  expect(textsOf('我们去了海边。天气很好。', 100, 'zh')).toEqual(['我们去了海边。天气很好。']);
});

test('markup and commands of speech models are not sent', () => {
  const [text = ''] = textsOf('Say <break time="9s"/> [laughs] and {x} | *now*.', 500);
  expect(text).not.toMatch(/[<>[\]{}|*]/u);
});
