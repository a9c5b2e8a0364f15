import { expect, test } from 'vitest';
import fc from 'fast-check';
import { Failure } from '@aura/failure';
import type { OwnScene, OwnScript } from '@aura/proto';
import type { ScriptDesk, WrittenScript } from '../../script-provider.js';
import { PACE } from '../../testing/scripts.js';
import { scriptProblems } from '../../validate-script.js';
import { ownProvider } from './own.js';

const NO_DESK = {} as ScriptDesk;
const SCENE: OwnScene = {
  narration: '',
  heading: '',
  kind: '',
  points: [],
  visualPrompt: '',
  keywords: [],
};
const sceneOf = (changes: Partial<OwnScene>): OwnScene => ({ ...SCENE, ...changes });

function write(script: Partial<OwnScript>, language = 'en-US'): Promise<WrittenScript> {
  const order = {
    brief: { text: 'x', style: '', audience: '', language },
    plan: { targetDurationMs: 5_000, maxScenes: 120 },
    pace: PACE,
    script: { text: '', title: '', scenes: [], ...script },
  };
  return ownProvider().write(order, undefined, NO_DESK);
}

const wordsIn = (text: string) => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
const spoken = ({ scenes }: WrittenScript) => scenes.map(({ narration }) => narration).join(' ');

const TEXT = `Call me Ishmael. Some years ago, never mind how long precisely, having little money in my purse,
I thought I would sail about a little.

Call me Ishmael. Yes, I say it twice; and **nobody** may put it right, not even at https://example.org/x.
It is a way I have of driving off the spleen. Whenever I find myself growing grim about the mouth, I go to sea.`;

test('a text is spoken word for word, cut where its thoughts end, however far it is from the plan', async () => {
  const script = await write({ text: TEXT });
  expect(wordsIn(spoken(script))).toEqual(wordsIn(TEXT));
  expect(script.scenes.length).toBeGreaterThan(2);
  expect(script.materialExhausted).toBe(true);
  expect(script.warnings).toEqual([]);
  expect(await write({ text: TEXT })).toEqual(script);
});

test('given scenes stay as they are given, and what is left open is filled in from them', async () => {
  const full = sceneOf({
    narration: 'Nine out of ten {ships} came home.',
    heading: 'Nine of ten',
    kind: 'number',
    points: ['9', 'of 10'],
    visualPrompt: 'A harbour at dusk',
    keywords: ['harbour'],
  });
  const script = await write({
    title: 'Ships',
    scenes: [
      sceneOf({ narration: 'The harbour sleeps.\nNobody is there.' }),
      full,
      sceneOf({ narration: 'We take three things.', points: ['Rope', 'Bread'] }),
      sceneOf({ narration: 'The sea is wide.', visualPrompt: 'The sea' }),
    ],
  });
  expect(script).toMatchObject({ title: 'Ships', provider: 'own', style: 'documentary' });
  expect(script.scenes).toMatchObject([
    {
      id: 's01',
      kind: 'title',
      heading: 'Ships',
      narration: 'The harbour sleeps. Nobody is there.',
    },
    { ...full, id: 's02', index: 1 },
    { kind: 'list', heading: 'We take three things', points: ['Rope', 'Bread'] },
    { kind: 'statement', visualPrompt: 'The sea' },
  ]);
  expect(script.scenes[0]?.keywords).toEqual(['harbour', 'sleeps', 'Nobody']);
});

test('what a film cannot hold is refused in the user’s words, and never tried again', async () => {
  const long = 'word '.repeat(9_000);
  for (const script of [
    { text: long.replaceAll('word word ', 'A word. ') },
    { scenes: [sceneOf({ narration: long.slice(0, 2_000) })] },
    { text: '…' },
  ]) {
    const failure = (await write(script).catch((error: unknown) => error)) as Failure;
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code: 'InvalidInput:script', retryable: false });
  }
});

test('the texts of every writing system come out whole', async () => {
  const texts = {
    'zh-CN': '海水为什么是咸的？河流把岩石里的盐带进大海。水变成云离开，盐留了下来。',
    'ar-SA': 'البحر مالح لأن الأنهار تحمل المعادن إليه. يتبخر الماء ويبقى الملح.',
    'hi-IN': 'समुद्र खारा है। नदियाँ चट्टानों से नमक लाती हैं।',
  };
  for (const [language, text] of Object.entries(texts)) {
    const script = await write({ text }, language);
    expect(wordsIn(spoken(script)).join('')).toBe(wordsIn(text).join(''));
    expect(script.language).toBe(language);
  }
});

test('any text gives a script that holds, with all of its words, or is refused as a whole', async () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('. ', '\n', 'Yes. '),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 30 }), async (parts) => {
      const text = parts.join('');
      const script = await write({ text }).catch((error: unknown) => error);
      if (script instanceof Failure) expect(script.code).toBe('InvalidInput:script');
      else expect(scriptProblems(script as WrittenScript, { mayRepeat: true })).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
