import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { SpokenWord } from '@aura/proto';
import { captionLayout, MAX_CHARACTERS } from './caption-layout.js';
import { cuesOf, type Cue } from './cues.js';
import { fits } from './tokens.js';
import { widthOf } from './text-width.js';

const LANDSCAPE = captionLayout({ widthPx: 1_920, heightPx: 1_080 });
const TALL = captionLayout({ widthPx: 1_080, heightPx: 1_920 });

const COFFEE =
  'Coffee began as a wild plant in the highlands of Ethiopia, where goatherds noticed that their ' +
  'animals danced after eating its red berries. Monks tried it. Yes. And then what?';

test('captions end where sentences and phrases do', () => {
  expect(linesOf(captions(COFFEE))).toEqual([
    ['Coffee began as a wild plant', 'in the highlands of Ethiopia,'],
    ['where goatherds noticed that their animals', 'danced after eating its red berries.'],
    ['Monks tried it. Yes.'],
    ['And then what?'],
  ]);
});

test('upright frames get shorter lines', () => {
  const lines = linesOf(captions(COFFEE, TALL.maxLine)).flat();
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(30);
  expect(lines.join(' ')).toBe(COFFEE);
});

test('Chinese breaks between words without spaces, at most 20 characters a line, never before a comma', () => {
  const text = '咖啡起源于埃塞俄比亚高原的野生植物，牧羊人发现他们的羊吃了红色的果实后会跳舞。';
  const words = wordsOf([...text.matchAll(/[\p{L}]{1,2}[，。]?/gu)].map(([word]) => word)).map(
    (word, index) => (index > 0 ? { ...word, glued: true } : word),
  );
  const lines = linesOf(cuesOf({ words, leadMs: 0, shotMs: 60_000, maxLine: LANDSCAPE.maxLine }));
  expect(lines.flat().join('')).toBe(text);
  for (const line of lines.flat()) {
    expect(line.length).toBeLessThanOrEqual(20);
    expect(line).not.toMatch(/^[，。]/);
  }
});

test('a word that fits on no line is broken, one that nobody reads to its end is cut', () => {
  const long = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung';
  expect(
    linesOf(captions(`Eine ${long} ist es.`))
      .flat()
      .join(''),
  ).toContain('ordnung');
  const endless = captions('x'.repeat(100_000));
  expect(endless.flatMap(({ lines }) => lines).join('')).toMatch(/^x{100,200}…$/);
});

test('Thai, which is written without spaces, breaks between words and loses none', () => {
  const text = 'กาแฟเริ่มต้นจากพืชป่าในที่ราบสูงเอธิโอเปียคนเลี้ยงแพะสังเกตว่าแพะเต้นรำหลังจากกินผลเบอร์รี่สีแดง';
  const words = [{ text, startMs: 0, endMs: 9_000, sentence: 0 }];
  const cues = cuesOf({ words, leadMs: 0, shotMs: 10_000, maxLine: LANDSCAPE.maxLine });
  expect(linesOf(cues).flat().join('')).toBe(text);
  const ends = new Set(
    [...new Intl.Segmenter('th', { granularity: 'word' }).segment(text)].map(({ index }) => index),
  );
  let at = 0;
  for (const line of linesOf(cues).flat()) {
    expect(ends).toContain(at);
    at += line.length;
  }
});

test('fast speech is cut so that its pauses let everything be read, at most 17 characters a second', () => {
  // 58 ms a character is 17.2 a second while somebody speaks; the pauses between make it enough.
  const words = wordsAt(
    58,
    'Monks tried it during prayers. It kept them awake. Traders carried beans, then.',
  );
  const cues = cuesOf({ words, leadMs: 350, shotMs: 9_000, maxLine: LANDSCAPE.maxLine });
  for (const { startMs, endMs, lines } of cues)
    expect((lines.join(' ').length * 1_000) / (endMs - startMs)).toBeLessThanOrEqual(17.05);
});

test('a flash is merged with its neighbour', () => {
  const words = [
    ...at(['No.'], 0, 250, 0),
    ...at(['That', 'is', 'not', 'what', 'they', 'found', 'there.'], 300, 350, 1),
  ];
  const [first] = cuesOf({ words, leadMs: 0, shotMs: 4_000, maxLine: LANDSCAPE.maxLine });
  expect(first?.lines.join(' ')).toBe('No. That is not what they found there.');
});

test('nothing said, nothing shown', () => {
  expect(captions('')).toEqual([]);
});

const narration = fc
  .array(
    fc.record({
      length: fc.integer({ min: 1, max: 18 }),
      pauseMs: fc.constantFrom(0, 0, 0, 20, 150, 400, 1_200),
      ends: fc.constantFrom('', '', '', '', ',', '.', '?'),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((shapes) => {
    let atMs = 0;
    let sentence = 0;
    return shapes.map(({ length, pauseMs, ends }): SpokenWord => {
      const startMs = atMs + pauseMs;
      const endMs = startMs + 60 * length + 60;
      atMs = endMs;
      const word = { text: 'n'.repeat(length) + ends, startMs, endMs, sentence };
      if (ends === '.' || ends === '?') sentence += 1;
      return word;
    });
  });

test('any narration: all words once and in order, on time, two lines that fit, no overlap, no flash', () => {
  fc.assert(
    fc.property(narration, fc.constantFrom(LANDSCAPE, TALL), (words, { maxLine }) => {
      const leadMs = 350;
      const shotMs = leadMs + (words.at(-1)?.endMs ?? 0) + 900;
      const cues = cuesOf({ words, leadMs, shotMs, maxLine });
      expect(cues.map(({ lines }) => lines.join(' ')).join(' ')).toBe(
        words.map(({ text }) => text).join(' '),
      );
      let next = 0;
      for (const [index, { startMs, endMs, lines }] of cues.entries()) {
        const first = words[next];
        next += lines.join(' ').split(' ').length;
        const last = words[next - 1];
        expect(Math.abs(startMs - (first?.startMs ?? 0) - leadMs)).toBeLessThanOrEqual(76);
        expect(endMs).toBeGreaterThanOrEqual((last?.endMs ?? 0) + leadMs - 1);
        expect(endMs).toBeLessThanOrEqual(cues[index + 1]?.startMs ?? shotMs);
        expect(endMs - startMs).toBeGreaterThanOrEqual(700);
        expect(lines.length).toBeLessThanOrEqual(2);
        for (const line of lines) {
          expect(line.length).toBeLessThanOrEqual(MAX_CHARACTERS);
          expect(fits(widthOf(line), maxLine)).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});

function captions(text: string, maxLine = LANDSCAPE.maxLine): Cue[] {
  const words = wordsOf(text.split(' ').filter((word) => word !== ''));
  const shotMs = (words.at(-1)?.endMs ?? 0) + 1_200;
  return cuesOf({ words, leadMs: 350, shotMs, maxLine });
}

function linesOf(cues: readonly Cue[]): string[][] {
  return cues.map(({ lines }) => lines);
}

function wordsOf(texts: readonly string[]): SpokenWord[] {
  return wordsAt(60, texts.join(' '));
}

function wordsAt(msPerCharacter: number, text: string): SpokenWord[] {
  let atMs = 0;
  let sentence = 0;
  return text.split(' ').map((text) => {
    const startMs = atMs;
    atMs += msPerCharacter * (Math.min(text.length, 20) + 1);
    const word = { text, startMs, endMs: atMs, sentence };
    if (/[.!?]$/.test(text)) sentence += 1;
    if (/[.!?,;]$/.test(text)) atMs += 200;
    return word;
  });
}

function at(texts: string[], fromMs: number, eachMs: number, sentence: number): SpokenWord[] {
  return texts.map((text, index) => ({
    text,
    startMs: fromMs + index * eachMs,
    endMs: fromMs + (index + 1) * eachMs,
    sentence,
  }));
}
