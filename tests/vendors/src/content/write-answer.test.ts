import { expect, test } from 'vitest';
import fc from 'fast-check';
import { readPrompt } from './prompt-facts.js';
import { resolved, typeOf, type Schema } from './schema.js';
import { wordsIn } from './sentences.js';
import { writeAnswer } from './write-answer.js';

const SCRIPT: Schema = {
  type: 'object',
  properties: {
    title: { type: 'string' },
    language: { type: 'string' },
    scenes: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          heading: { type: 'string' },
          narration: { type: 'string' },
          visualPrompt: { type: 'string' },
        },
      },
    },
  },
};

interface Script {
  title: string;
  language: string;
  scenes: { heading: string; narration: string; visualPrompt: string }[];
}

const script = (prompt: string): Script =>
  JSON.parse(writeAnswer({ prompt, schema: SCRIPT }).text) as Script;

/** Every sentence, by its closing mark. */
const sentencesOf = (texts: readonly string[]) =>
  texts.flatMap((text) => text.split(/(?<=[.!?。！？।])\s*/u)).filter((text) => text !== '');

test('a script has the asked scenes and length, and says nothing twice', () => {
  const orders = fc.record({
    scenes: fc.integer({ min: 2, max: 20 }),
    words: fc.integer({ min: 12, max: 60 }),
  });
  fc.assert(
    fc.property(orders, ({ scenes, words }) => {
      const total = scenes * words;
      const written = script(
        `Topic: The tides\nWrite exactly ${scenes} scenes with about ${total} words in total.`,
      );
      expect(written.scenes).toHaveLength(scenes);
      const narrations = written.scenes.map(({ narration }) => narration);
      const said = wordsIn(narrations.join(' '));
      expect(Math.abs(said - total)).toBeLessThan(Math.max(16, total * 0.1));
      const sentences = sentencesOf(narrations);
      expect(new Set(sentences).size).toBe(sentences.length);
      expect(new Set(written.scenes.map(({ visualPrompt }) => visualPrompt)).size).toBe(scenes);
    }),
    { numRuns: 40 },
  );
});

const FILM: Schema = {
  type: 'object',
  properties: { hook: { type: 'string' }, ...SCRIPT.properties, closing: { type: 'string' } },
};

/** Characters of all that is spoken, as a share of those of so many English words. */
function shareOf(words: number, how?: 'too-short' | 'too-long'): number {
  const prompt = `Topic: The tides\nExactly 2 scenes. Hook, scenes and closing together have about ${words} words.`;
  const fault = how && ({ kind: 'bad-script', how } as const);
  const { text } = writeAnswer({ prompt, schema: FILM, ...(fault ? { fault } : {}) });
  const { hook, scenes, closing } = JSON.parse(text) as Script & { hook: string; closing: string };
  const spoken = [hook, ...scenes.map(({ narration }) => narration), closing];
  return spoken.join(' ').length / (words * 5.7);
}

test('hook and closing count into the asked length, which is kept from twenty words on, and missed where it is to be', () => {
  for (const words of [20, 24, 30, 45, 70, 120, 300]) {
    expect(Math.abs(shareOf(words) - 1)).toBeLessThan(0.08);
    expect(shareOf(words, 'too-short')).toBeLessThan(0.75);
    expect(shareOf(words, 'too-long')).toBeGreaterThan(2);
  }
});

const LETTERS: Readonly<Record<string, RegExp>> = {
  en: /\b(?:the|is|and)\b/u,
  de: /\b(?:die|der|das|und)\b/iu,
  fr: /\b(?:le|la|les|et)\b/iu,
  es: /\b(?:el|la|los|y)\b/iu,
  pt: /\b(?:o|a|os|e)\b/iu,
  it: /\b(?:il|la|e|che)\b/iu,
  pl: /[ąęłżźćńś]/u,
  ru: /[ыэъё]/u,
  uk: /[іїє]/u,
  tr: /[ğışö]/u,
  ar: /\p{sc=Arabic}/u,
  he: /\p{sc=Hebrew}/u,
  hi: /\p{sc=Devanagari}/u,
  zh: /\p{sc=Han}/u,
  ja: /\p{sc=Hiragana}/u,
  ko: /\p{sc=Hangul}/u,
};

test.each(Object.entries(LETTERS))('scripts are written in %s', (language, letters) => {
  const written = script(
    `Topic: Aurora\nLanguage: ${language}\nWrite exactly 6 scenes, about 150 words.`,
  );
  const narrations = written.scenes.map(({ narration }) => narration);
  expect(written.language).toBe(language);
  expect(narrations.join(' ')).toMatch(letters);
  const sentences = sentencesOf(narrations);
  expect(new Set(sentences).size).toBe(sentences.length);
});

test.each([
  [
    'Write a film about how bridges stand, 60 seconds, 5 to 7 scenes.',
    { topic: 'how bridges stand, 60 seconds, 5 to 7 scenes', scenes: 6, spokenWords: 145 },
  ],
  [
    '<brief>Make a video about black holes. It is for children.</brief> language: "de-DE"',
    { topic: 'black holes', language: 'de' },
  ],
  [
    '{"topic":"The \\"old\\" town","language":"fr","sceneCount":4}',
    { topic: 'the old town', language: 'fr', scenes: 4 },
  ],
  [
    'Topic: Tea\nWrite in Spanish. Between 20 and 30 words per scene.',
    { topic: 'Tea', language: 'es', wordsPerScene: 25 },
  ],
  [
    'Hook, scenes and closing together have about 165 words: so each scene has about 27 words.\nNumber: exactly 4 scenes',
    { words: 165, wordsPerScene: 27, scenes: 4 },
  ],
  [
    'Language: ja (Japanese). Length: 60 seconds, about 340 characters.',
    { language: 'ja', words: 200, spokenWords: 145 },
  ],
  ['Scenes: [{"id":"s01"},{"id":"s02"}]', { ids: ['s01', 's02'] }],
])('reads the order %j', (prompt, facts) => {
  expect(readPrompt(prompt)).toMatchObject(facts);
});

const leaf: fc.Arbitrary<Schema> = fc.oneof(
  fc.record({ type: fc.constant('string'), maxLength: fc.integer({ min: 5, max: 90 }) }),
  fc.record({
    type: fc.constant('integer'),
    minimum: fc.integer({ min: -5, max: 5 }),
    maximum: fc.integer({ min: 6, max: 40 }),
  }),
  fc.record({ type: fc.constant('number'), minimum: fc.constant(0), maximum: fc.constant(1) }),
  fc.constant({ type: 'boolean' }),
  fc.record({ enum: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }) }),
  fc.record({ anyOf: fc.constant([{ type: 'null' }, { type: 'string' }]) }),
);

const NAMES = [
  'title',
  'narration',
  'keywords',
  'scenes',
  'id',
  'index',
  'kind',
  'points',
  'x',
  'durationMs',
];

const { schema: anySchema } = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.dictionary(fc.constantFrom(...NAMES), tie('schema'), { maxKeys: 5 }).map((properties) => ({
      type: 'object',
      properties,
      required: Object.keys(properties),
    })),
    fc.record({
      type: fc.constant('array'),
      items: tie('schema'),
      minItems: fc.integer({ min: 0, max: 2 }),
      maxItems: fc.integer({ min: 2, max: 5 }),
    }),
  ),
}));

test('an answer fits its schema, whatever that is', () => {
  fc.assert(
    fc.property(anySchema, fc.string(), (schema, prompt) => {
      const { text } = writeAnswer({ prompt, schema });
      expect(misfit(JSON.parse(text), schema, schema)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

test('a schema that holds itself is answered in bounded size', () => {
  const children = { type: 'array', items: { $ref: '#' } };
  const node: Schema = {
    type: 'object',
    properties: { text: { type: 'string' }, children, other: { $ref: '#' } },
  };
  const { text } = writeAnswer({ prompt: 'Topic: trees. Exactly 3 scenes.', schema: node });
  expect(text.length).toBeLessThan(3_000_000);
});

/** Where a value does not fit; undefined where it does. */
function misfit(value: unknown, given: Schema, root: Schema): string | undefined {
  const schema = resolved(given, root);
  if (schema.enum) return schema.enum.includes(value) ? undefined : 'enum';
  switch (typeOf(schema)) {
    case 'object': {
      const entries = Object.entries(schema.properties ?? {});
      const own = value as Record<string, unknown>;
      if (Object.keys(own).length !== entries.length) return 'keys';
      return entries
        .map(([name, part]) => misfit(own[name], part, root))
        .find((one) => one !== undefined);
    }
    case 'array': {
      if (!Array.isArray(value)) return 'array';
      const { minItems = 0, maxItems = Infinity, items = {} } = schema;
      if (value.length < minItems || value.length > maxItems) return 'length';
      return value.map((one) => misfit(one, items, root)).find((one) => one !== undefined);
    }
    case 'integer':
    case 'number': {
      const { minimum = -Infinity, maximum = Infinity } = schema;
      const isFit = typeof value === 'number' && value >= minimum && value <= maximum;
      return isFit && (schema.type !== 'integer' || Number.isInteger(value)) ? undefined : 'number';
    }
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'boolean';
    default:
      return typeof value === 'string' && value.length <= (schema.maxLength ?? Infinity)
        ? undefined
        : 'string';
  }
}
