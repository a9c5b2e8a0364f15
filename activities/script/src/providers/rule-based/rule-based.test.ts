import { expect, test } from 'vitest';
import { Failure } from '@aura/failure';
import { hasDictionary, lengthShare, PACE, sentencesIn, write } from '../../testing/scripts.js';
import { baseLanguage } from '../../text/language.js';
import { PACKS } from './phrases/packs.js';
const whenThereIsADictionary = (await hasDictionary()) ? test : test.skip;
const BEES = [
  'Honeybees live in colonies of up to 60,000 individuals. Each colony has one queen and thousands of workers. The workers do almost everything: they clean the hive, feed the young, and guard the entrance.',
  'In spring, the first foragers leave the hive as soon as the sun is warm. They visit willow and crocus. When a forager finds a rich patch of flowers, she dances. The dance tells her sisters where to fly.',
  'Nectar becomes honey through work. The bees pass it from mouth to mouth and fan it with their wings. Most of the water goes. What remains is thick, sweet and lasting.',
].join('\n\n');

test('the same brief gives the same script, byte for byte', async () => {
  for (const text of ['volcanoes', BEES, 'Plan: one thing; another thing; a third thing']) {
    expect(JSON.stringify(await write({ text, seconds: 60 }))).toBe(
      JSON.stringify(await write({ text, seconds: 60 })),
    );
  }
});

whenThereIsADictionary.each([5, 7, 10, 15, 30, 60, 300])(
  'a film of %d s about a topic comes out at its length',
  async (seconds) => {
    for (const text of ['volcanoes', 'how bees make honey', 'Are cats smart?', 'black holes']) {
      const share = lengthShare(await write({ text, seconds }), seconds);
      expect(Math.abs(share - 1)).toBeLessThan(0.1);
    }
  },
);

whenThereIsADictionary('a slow and a quick voice get scripts that fit them', async () => {
  for (const msPerCharacter of [45, 95]) {
    const pace = { ...PACE, msPerCharacter };
    const share = lengthShare(await write({ text: 'castles', pace }), 120, pace);
    expect(Math.abs(share - 1)).toBeLessThan(0.04);
  }
});

whenThereIsADictionary.each([1, 2, 3, 5])(
  'no more than %d scenes where no more are allowed',
  async (maxScenes) => {
    const script = await write({ text: 'tea', seconds: 45, maxScenes });
    expect(script.scenes.length).toBeLessThanOrEqual(maxScenes);
    expect(Math.abs(lengthShare(script, 45) - 1)).toBeLessThan(0.1);
  },
);

whenThereIsADictionary('says of a topic what the dictionary says', async () => {
  const script = await write({ text: 'tea' });
  expect(sentencesIn(script).join(' ')).toContain(
    'tea is a beverage made by steeping tea leaves in water',
  );
});

whenThereIsADictionary(
  'a question is asked in its own words, and a counted list has its count',
  async () => {
    const question = await write({ text: 'Why do we sleep?' });
    expect(question.scenes[0]?.narration).toMatch(/^Why do we sleep\?/);
    const list = await write({ text: '5 facts about penguins' });
    expect(list.style).toBe('listicle');
    expect(list.scenes.filter(({ heading }) => /^\d\. /.test(heading))).toHaveLength(5);
  },
);

test('uses a full text as it is: its own sentences, in order, nothing else', async () => {
  const script = await write({ text: BEES, seconds: 60 });
  const said = script.scenes.map(({ narration }) => narration).join(' ');
  expect(said).toBe(BEES.replace(/\s+/g, ' '));
  expect(script.scenes.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['title', 'list', 'closing']),
  );
});

test('shortens a text that is too long by whole sentences, and says so', async () => {
  const script = await write({ text: BEES, seconds: 25 });
  expect(script.warnings.map(({ code }) => code)).toContain('TextShortened');
  expect(Math.abs(lengthShare(script, 25) - 1)).toBeLessThan(0.1);
  const all = BEES.replace(/\s+/g, ' ');
  for (const sentence of sentencesIn(script)) expect(all).toContain(sentence);
});

test('keeps a text that is too short, and says so', async () => {
  const script = await write({ text: 'Bees make honey. They work all summer long.', seconds: 60 });
  expect(script.materialExhausted).toBe(true);
  expect(script.warnings).toEqual([
    expect.objectContaining({ code: 'MaterialExhausted', stage: 'script' }),
  ]);
});

test('half an hour of text is written in a moment', async () => {
  const text = `${BEES}\n\n`.repeat(70);
  const started = performance.now();
  const script = await write({ text, seconds: 1_800 });
  expect(performance.now() - started).toBeLessThan(4_000);
  expect(script.scenes.length).toBeLessThanOrEqual(120);
  expect(Math.abs(lengthShare(script, 1_800) - 1)).toBeLessThan(0.05);
  expect(JSON.stringify(script).length).toBeLessThan(256 * 1024);
});

test('goes through the points of an outline in order, each on a card of its own', async () => {
  const script = await write({
    text: 'How to brew coffee\n- Grind the beans\n- Heat the water\n- Pour slowly',
    style: 'tutorial',
    seconds: 40,
  });
  const steps = script.scenes.filter(({ narration }) => narration.startsWith('Step '));
  expect(steps.map(({ heading }) => heading)).toEqual([
    '1. Grind the beans',
    '2. Heat the water',
    '3. Pour slowly',
  ]);
});

test('says so where a style is mapped, and names nothing where none was asked for', async () => {
  const mapped = await write({ text: BEES, style: 'cinematic' });
  expect(mapped.style).toBe('story');
  expect(mapped.warnings.map(({ code }) => code)).toContain('StyleMapped');
  expect((await write({ text: BEES, seconds: 60 })).style).toBe('documentary');
});

test('a topic that nothing is known of becomes questions, and a long film of it is refused with advice', async () => {
  const script = await write({ text: 'Zorblaxian flumentics', seconds: 60 });
  expect(sentencesIn(script).join(' ')).not.toMatch(/dictionary|definition|undefined/i);
  await expect(write({ text: 'Zorblaxian flumentics', seconds: 600 })).rejects.toThrow(
    /points or sentences/,
  );
});

test('works without any dictionary', async () => {
  const script = await write({ text: 'volcanoes', seconds: 60, wordnetPath: '/nowhere/wn' });
  expect(Math.abs(lengthShare(script, 60) - 1)).toBeLessThan(0.1);
});

test.each(PACKS.map(({ language }) => language))(
  'a topic, an outline and a text in "%s" stay in that language',
  async (language) => {
    const pack = PACKS.find((one) => one.language === language)!;
    const topic = pack.headings[0] ?? '';
    const point = pack.leads[0] ?? '';
    const own = [...Object.values(pack).flat(), topic]
      .filter((text) => typeof text === 'string')
      .join(' ');
    for (const text of [
      topic.replace(/[?？;؟]$/u, ''),
      `${topic}\n- ${point}\n- ${pack.leads[1]}\n- ${pack.leads[2]}`,
    ]) {
      const script = await write({ text, language, seconds: 30 });
      expect(baseLanguage(script.language)).toBe(language);
      const strange = script.scenes
        .map(({ narration }) => narration)
        .join(' ')
        .match(/\p{L}{3,}/gu)
        ?.filter((word) => !own.toLowerCase().includes(word.slice(1).toLowerCase()));
      expect(strange ?? []).toEqual([]);
    }
  },
);

test('a language that we have no texts in gets the brief’s own sentences only', async () => {
  const text = 'Nyuki hutengeneza asali. Wanakusanya nekta kutoka kwa maua.';
  const script = await write({ text, language: 'sw', seconds: 10 });
  expect(script.scenes.map(({ narration }) => narration).join(' ')).toBe(text);
  await expect(write({ text: 'Nyuki', language: 'sw' })).rejects.toThrow(Failure);
});

test('keeps the asked language and warns where the letters contradict it; takes the text’s own where none is asked', async () => {
  const text = 'Пчёлы делают мёд. Они собирают нектар с цветов и приносят его в улей.';
  const asked = await write({ text, language: 'en-US', seconds: 10 });
  expect(asked.language).toBe('en-US');
  expect(asked.warnings.map(({ code }) => code)).toContain('LanguageMismatch');
  const free = await write({ text, language: '', seconds: 10 });
  expect(free.language).toBe('ru');
  expect(free.warnings.map(({ code }) => code)).toContain('LanguageDetected');
});

test('speaks to the audience that the brief names', async () => {
  const script = await write({ text: 'Create a video about volcanoes', audience: 'new parents' });
  expect(script.scenes[0]?.narration).toContain('new parents');
});
