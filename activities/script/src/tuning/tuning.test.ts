import { expect, test } from 'vitest';
import fc from 'fast-check';
import { speechMs } from '../pace.js';
import type { WrittenScript } from '../script-provider.js';
import { PACE, write } from '../testing/scripts.js';
import { validateScript } from '../validate-script.js';
import { evenPacing } from './even-pacing.js';
import { spokenForm } from './spoken-form.js';
import { tunedScript } from './tune-script.js';

const LONG = Array.from(
  { length: 12 },
  (_, at) => `Sentence number ${at + 1} tells one more thing about the bees.`,
).join(' ');

const script: WrittenScript = {
  title: 'Bees',
  language: 'en-US',
  style: 'documentary',
  scenes: [
    'Look at the bees, how they come and go all day long.',
    LONG,
    'They fly.',
    'They rest.',
    'So much for the bees and for all that they do for us.',
  ].map((narration, index, all) => ({
    id: `s0${index + 1}`,
    index,
    kind: index === 0 ? 'title' : index === all.length - 1 ? 'closing' : 'statement',
    narration,
    heading: `Scene ${index + 1}`,
    points: [],
    visualPrompt: 'bees',
    keywords: ['bees'],
  })),
  provider: 'test',
  warnings: [],
  materialExhausted: false,
};

const context = { pace: PACE, maxScenes: 120 };
const lengths = ({ scenes, language }: WrittenScript) =>
  scenes.map(({ narration }) => speechMs(narration, PACE, language));
const text = ({ scenes }: WrittenScript) => scenes.map(({ narration }) => narration).join(' ');

test('without a wish nothing changes', () => {
  expect(tunedScript(script, undefined, context)).toEqual(script);
  expect(tunedScript(script, { pacing: false, narration: false }, context)).toEqual(script);
});

test('pacing makes the scenes measurably more even, and loses no word', () => {
  const tuned = tunedScript(script, { pacing: true, narration: false }, context);
  expect(text(tuned)).toBe(text(script));
  expect(Math.max(...lengths(script))).toBeGreaterThan(40_000);
  expect(Math.max(...lengths(tuned))).toBeLessThan(18_000);
  expect(lengths(tuned).filter((ms) => ms < 1_200)).toEqual([]);
  expect(tuned.scenes.length).toBeGreaterThan(script.scenes.length);
  expect(tuned.scenes.map(({ kind }) => kind).filter((kind) => kind !== 'statement')).toEqual([
    'title',
    'closing',
  ]);
  expect(validateScript(tuned)).toBe(tuned);
});

test('a scene that is hard to follow gets its next picture sooner than an easy one', () => {
  const entry = { part: 'development', mood: 'calm', shot: 'wide', importance: 0.5 };
  const tunedAt = (difficulty: number) =>
    tunedScript(
      {
        ...script,
        analysis: {
          by: 'openai',
          level: 'moderate',
          complexity: difficulty,
          arcProblems: [],
          scenes: script.scenes.map(({ id }) => ({ ...entry, sceneId: id, difficulty })),
        },
      },
      { pacing: true, narration: false, analysis: true },
      context,
    );
  const [hard, easy] = [tunedAt(1), tunedAt(0)];
  expect(text(hard)).toBe(text(easy));
  expect(hard.scenes.length).toBeGreaterThan(easy.scenes.length);
  expect(Math.max(...lengths(hard))).toBeLessThan(Math.max(...lengths(easy)) - 1_000);
  expect(hard.analysis?.scenes.map(({ sceneId }) => sceneId)).toEqual(
    hard.scenes.map(({ id }) => id),
  );
  expect(hard.scenes[1]?.visualPrompt).toMatch(/light/);
  expect(JSON.stringify(hard.scenes)).not.toContain('note');
});

test('pacing keeps to the greatest number of scenes', () => {
  const tuned = tunedScript(
    script,
    { pacing: true, narration: false },
    { ...context, maxScenes: 5 },
  );
  expect(tuned.scenes.length).toBeLessThanOrEqual(5);
});

test('a script of the rules stays valid when it is tuned', async () => {
  const written = await write({ text: `Bees. ${LONG}`, seconds: 60, wordnetPath: '/nowhere/wn' });
  const tuned = tunedScript(written, { pacing: true, narration: true }, context);
  expect(validateScript(tuned, { mayRepeat: true })).toBe(tuned);
});

test.each([
  [
    'en-US',
    'About 80% of bees & wasps fly, e.g. in May, etc.',
    'About 80 percent of bees and wasps fly, for example in May, and so on.',
  ],
  [
    'de-DE',
    'Etwa 80 % der Bienen fliegen, z. B. im Mai, usw.',
    'Etwa 80 Prozent der Bienen fliegen, zum Beispiel im Mai, und so weiter.',
  ],
  [
    'fr-FR',
    'Environ 80 % des abeilles & guêpes volent.',
    'Environ 80 pour cent des abeilles et guêpes volent.',
  ],
  ['ja-JP', '蜜蜂は忙しい。', '蜜蜂は忙しい。'],
  ['en-US', 'Q&A stays, and so does 3.5 and R&D.', 'Q&A stays, and so does 3.5 and R&D.'],
])('%s: %p is spoken as %p', (language, written, spoken) => {
  expect(spokenForm(written, language)).toBe(spoken);
  expect(spokenForm(spoken, language)).toBe(spoken);
});

test('a sentence of more than a breath becomes two, which makes its scene measurably longer', () => {
  const breathless =
    'The bees leave the hive early in the morning when the grass is still wet and the air is cool, and they come back only when the sun stands low over the hills and the flowers have closed for the night.';
  const spoken = spokenForm(breathless, 'en-US');
  expect(spoken).toMatch(/cool\. And they come back/);
  expect(speechMs(spoken, PACE, 'en-US')).toBeGreaterThan(
    speechMs(breathless, PACE, 'en-US') + 200,
  );
});

test('whatever is tuned, words keep their order and ids stay in order', () => {
  const sentence = fc.integer({ min: 1, max: 30 }).map((n) => `${'word '.repeat(n)}${n}.`);
  fc.assert(
    fc.property(
      fc.array(fc.array(sentence, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 12 }),
      (films) => {
        const scenes = films.map((sentences, index) => ({
          ...script.scenes[1]!,
          index,
          id: `s${index}`,
          narration: sentences.join(' '),
        }));
        const even = evenPacing(scenes, { ...context, language: 'en-US', style: 'promo' });
        expect(even.map(({ narration }) => narration).join(' ')).toBe(
          scenes.map(({ narration }) => narration).join(' '),
        );
        expect(even.map(({ index }) => index)).toEqual(even.map((_scene, at) => at));
      },
    ),
    { numRuns: 60 },
  );
});
