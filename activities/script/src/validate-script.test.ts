import { expect, test } from 'vitest';
import { Failure } from '@aura/failure';
import type { Scene } from '@aura/proto';
import type { WrittenScript } from './script-provider.js';
import { scriptProblems, validateScript } from './validate-script.js';

const scene: Scene = {
  id: 's01',
  index: 0,
  kind: 'title',
  narration: 'Bees make honey.',
  heading: 'Bees',
  points: [],
  visualPrompt: 'bees',
  keywords: [],
};
const script: WrittenScript = {
  title: 'Bees',
  language: 'en-US',
  style: 'documentary',
  scenes: [scene],
  provider: 'test',
  warnings: [],
  materialExhausted: false,
};

test('accepts a sound script and gives it back', () => {
  expect(validateScript(script)).toBe(script);
});

test.each<[string, Partial<Scene>]>([
  ['no narration', { narration: ' … ' }],
  ['a heading that is too long', { heading: 'x'.repeat(61) }],
  ['no heading', { heading: ' ' }],
  ['seven points', { points: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }],
  ['an empty point', { points: [' '] }],
  ['an unknown kind', { kind: 'poster' }],
  ['a wrong index', { index: 4 }],
  ['an id that is none', { id: 'Scene One!' }],
  ['a list without points', { kind: 'list' }],
  ['a number without its figure', { kind: 'number' }],
  ['control characters', { narration: 'Bees\u0007 make honey.' }],
  ['a sentence without an end', { narration: `Bees ${'buzz '.repeat(200)}.` }],
  ['endless narration', { narration: 'Bees make honey. '.repeat(40_000) }],
])('refuses a scene with %s', (_name, change) => {
  expect(() =>
    validateScript({ ...script, scenes: [{ ...scene, ...change }] }, { mayRepeat: true }),
  ).toThrow(Failure);
});

test('refuses repeats, unless the text is the user’s own', () => {
  const twice = {
    ...script,
    scenes: [scene, { ...scene, id: 's02', index: 1, narration: 'Look! Bees make HONEY.' }],
  };
  expect(scriptProblems(twice)).toEqual(['scene 2 repeats a sentence of scene 1']);
  expect(scriptProblems(twice, { mayRepeat: true })).toEqual([]);
});

test('refuses a script without scenes, with too many, or with two of one id', () => {
  expect(scriptProblems({ ...script, scenes: [] })).not.toEqual([]);
  const two = [scene, { ...scene, index: 1, narration: 'They live in hives.' }];
  expect(scriptProblems({ ...script, scenes: two })).toEqual(['two scenes share an id']);
  expect(scriptProblems(script, { maxScenes: 0 })).not.toEqual([]);
});
