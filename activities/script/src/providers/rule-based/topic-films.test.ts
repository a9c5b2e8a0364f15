import { expect, test, vi } from 'vitest';
import { STYLES } from '../../styles.js';
import { hasDictionary, lengthShare, sentencesIn, write } from '../../testing/scripts.js';
import type { WrittenScript } from '../../script-provider.js';

/** Films are judged on one set while they are worked on, and on another that nobody looked at. */
const TOPICS = [
  'volcanoes',
  'The history of tea',
  'how bees make honey',
  'coffee',
  'photosynthesis',
  'black holes',
  'democracy',
  'bicycles',
  'jazz',
  'chess',
  'the Roman Empire',
  'artificial intelligence',
  'climate change',
  'sleep',
  'penguins',
  'yoga',
  'gravity',
  'bread',
  'robots',
  'the ocean',
];
const OTHER_TOPICS = [
  'umbrellas',
  'The invention of paper',
  'why birds migrate',
  'olive oil',
  'lightning',
  'submarines',
  'Isaac Newton',
  'tattoos',
  'the Olympic Games',
  'deserts',
  'violins',
  'vaccination',
  'origami',
  'the Amazon',
  'clocks',
  'loneliness',
  'wheat',
  'skyscrapers',
  'migratory birds',
  'optical illusions',
];

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const whenThereIsADictionary = (await hasDictionary()) ? test : test.skip;

whenThereIsADictionary(
  'twenty topics at two minutes make twenty different films, none of which says a thing twice',
  async () => {
    const films = await filmsOf(TOPICS, 'documentary');
    films.forEach(expectNoRepeats);
    expectDifferent(films, TOPICS);
    for (const film of films) {
      expect(film.materialExhausted).toBe(false);
      expect(Math.abs(lengthShare(film, 120) - 1)).toBeLessThan(0.04);
    }
  },
);

/** `npm run test:long` takes them all. */
const STYLES_NOW = process.env['AURA_TEST_SCALE'] === 'long' ? STYLES : STYLES.slice(0, 2);

whenThereIsADictionary.each(STYLES_NOW)(
  'twenty more topics differ as much, as %s',
  async (style) => {
    const films = await filmsOf(OTHER_TOPICS, style);
    films.forEach(expectNoRepeats);
    expectDifferent(films, OTHER_TOPICS);
    for (const film of films) {
      expect(film.style).toBe(style);
      expect(lengthShare(film, 120)).toBeLessThan(1.1);
      expect(film.materialExhausted || lengthShare(film, 120) > 0.9).toBe(true);
      expect(lengthShare(film, 120)).toBeGreaterThan(0.3);
    }
  },
);

whenThereIsADictionary('cards fit, and scenes are neither hasty nor endless', async () => {
  for (const film of await filmsOf(TOPICS, 'documentary')) {
    expect(film.scenes[0]?.kind).toBe('title');
    expect(film.scenes.at(-1)?.kind).toBe('closing');
    for (const { heading, narration, points, visualPrompt, keywords } of film.scenes) {
      expect(heading.length).toBeLessThanOrEqual(60);
      expect(narration.length * 65).toBeLessThan(17_000);
      expect(points.length).toBeLessThanOrEqual(6);
      expect(visualPrompt).not.toBe('');
      expect(keywords.length).toBeLessThanOrEqual(8);
    }
  }
});

whenThereIsADictionary('leaves no seam of its phrasings visible', async () => {
  const seams =
    /[{}]|\bundefined\b|\ba [aeio]\w|\ban [bcdfgjklmnpqrstvwxyz]\w|\.\.|,,|\s[,.;:?!]|\(\s|: :|\bthe the\b|\ba a\b|\bis is\b|“”|[,;:]$/;
  for (const film of [
    ...(await filmsOf(TOPICS, 'documentary')),
    ...(await Promise.all(STYLES_NOW.map((style) => filmsOf(OTHER_TOPICS, style)))).flat(),
  ]) {
    for (const sentence of sentencesIn(film)) {
      expect(sentence).not.toMatch(seams);
      expect(sentence).toMatch(/^[“‘"]?[\p{Lu}\p{N}]|^i[A-Z]/u);
    }
  }
});

const made = new Map<string, Promise<WrittenScript[]>>();

/** Each set is written once per style, however many tests look at it. */
function filmsOf(topics: readonly string[], style: string): Promise<WrittenScript[]> {
  const key = `${topics[0]} ${style}`;
  const films = made.get(key) ?? Promise.all(topics.map((text) => write({ text, style })));
  made.set(key, films);
  return films;
}

function expectNoRepeats(film: WrittenScript): void {
  const plain = sentencesIn(film).map((sentence) =>
    sentence.toLowerCase().replace(/[^a-z0-9]+/g, ' '),
  );
  expect(new Set(plain).size).toBe(plain.length);
}

/** With the topic's words masked, no two films share more than a third of their sentences. */
function expectDifferent(films: readonly WrittenScript[], topics: readonly string[]): void {
  const masked = films.map(
    (film, at) =>
      new Set(sentencesIn(film).map((sentence) => maskedSentence(sentence, topics[at] ?? ''))),
  );
  for (const [at, one] of masked.entries()) {
    for (const other of masked.slice(at + 1)) {
      const shared = [...one].filter((sentence) => other.has(sentence)).length;
      expect(shared / Math.min(one.size, other.size)).toBeLessThanOrEqual(1 / 3);
    }
  }
}

function maskedSentence(sentence: string, topic: string): string {
  const stems = topic
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2)
    .map((word) => word.slice(0, Math.max(3, word.length - 2)));
  const words = sentence
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  return words.map((word) => (stems.some((stem) => word.startsWith(stem)) ? '*' : word)).join(' ');
}
