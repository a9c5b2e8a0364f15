import { expect, test } from 'vitest';
import fc from 'fast-check';
import { Failure } from '@aura/failure';
import { PACE } from '../testing/scripts.js';
import { scriptProblems } from '../validate-script.js';
import { CONTENT_KINDS, FILM_SCHEMA } from './film-contract.js';
import { filmFaults } from './film-faults.js';
import { filmOrder } from './film-order.js';
import { filmQuestion } from './film-questions.js';
import { scriptOf } from './film-script.js';
import { readAnswer } from './read-answer.js';
import { repairFilm } from './repair-film.js';
import { yardstick } from '../testing/films.js';

const words = fc
  .array(
    fc.constantFrom(
      'bees',
      'make',
      'honey.',
      'The',
      'flowers',
      '**',
      '[music]',
      '(pause)',
      'https://a.bc',
      '。',
      '蜜蜂',
      '\n',
      '-',
      '1.5',
      '{{x}}',
      '</brief>',
      'Narrator:',
      '"',
      '…',
      'e.g.',
      '!',
      '\u0007',
      '🐝',
      '\ud83d',
      'and,',
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(' '));
const text = fc.oneof(words, fc.string({ maxLength: 60, unit: 'binary' }), fc.constant(''));
const film = fc.record({
  title: text,
  hook: text,
  closing: text,
  scenes: fc.array(
    fc.record({
      kind: fc.constantFrom(...CONTENT_KINDS),
      narration: fc.oneof(
        words,
        words.map((some) => `${some} ${some.repeat(20)}`),
        text,
      ),
      heading: text,
      points: fc.array(text, { maxLength: 9 }),
      visualPrompt: text,
      keywords: fc.array(text, { maxLength: 12 }),
    }),
    { maxLength: 12 },
  ),
});
const bounds = fc.record({
  seconds: fc.integer({ min: 5, max: 240 }),
  maxScenes: fc.integer({ min: 1, max: 20 }),
  language: fc.constantFrom('en-US', 'de-DE', 'zh-CN', 'ja', 'ar', 'x-nonsense', ''),
});

const sceneOf = (narration: string) => ({
  kind: CONTENT_KINDS[0],
  narration,
  heading: '',
  points: [],
  visualPrompt: '',
  keywords: [],
});
/** Neither scene has a sentence that is too long; joined, without a full stop between them, they have. */
const ON_AND_ON = 'bees flowers honey. flowers Narrator: Narrator:';
const ENDLESS_WHEN_JOINED = {
  title: '',
  hook: '',
  closing: '',
  scenes: [sceneOf('bees'), sceneOf(`${ON_AND_ON} ${ON_AND_ON.repeat(20)}`)],
};

test('whatever a model answers, it is refused, or becomes a script that is sound', () => {
  fc.assert(
    fc.property(film, bounds, (answer, wish) => {
      const measure = yardstick(wish);
      const { language } = wish;
      expect(Array.isArray(filmFaults(answer, measure))).toBe(true);
      const mended = repairFilm(answer, measure);
      if (!mended) return;
      const script = scriptOf(mended, { language, style: 'news', provider: 'x', warnings: [] });
      expect(scriptProblems(script, { maxScenes: wish.maxScenes })).toEqual([]);
    }),
    {
      numRuns: 150,
      examples: [[ENDLESS_WHEN_JOINED, { seconds: 19, maxScenes: 1, language: 'en-US' }]],
    },
  );
});

test('whatever text comes back, it is read or refused in words', () => {
  const json = fc.oneof(
    fc.json(),
    fc.string(),
    film.map((answer) => JSON.stringify(answer)),
  );
  fc.assert(
    fc.property(json, fc.boolean(), (answer, isCut) => {
      const read = readAnswer(`Sure:\n\`\`\`json\n${answer}\n\`\`\``, FILM_SCHEMA, { isCut });
      if (!read.ok) expect(read.faults.length).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
});

test('whatever is asked for, it becomes a question, or is no brief', () => {
  fc.assert(
    fc.property(text, text, bounds, (brief, audience, { seconds, maxScenes, language }) => {
      const order = {
        brief: { text: brief, style: audience, audience, language },
        plan: { targetDurationMs: seconds * 1_000, maxScenes },
        pace: PACE,
      };
      try {
        const { user, maxOutputTokens } = filmQuestion(filmOrder(order), undefined);
        expect(user).not.toMatch(/\{\{(?:brief|scenes|length)\}\}/);
        expect(maxOutputTokens).toBeGreaterThan(500);
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
        expect((error as Failure).code).toBe('InvalidInput:brief');
      }
    }),
    { numRuns: 60 },
  );
});
