import { expect, test } from 'vitest';
import type { Scene, Script } from '@aura/proto';
import { editedScript } from './edited-script.js';

const usual = { voiceId: 'en-US-narrator-f', language: 'en-US' };
const scene = (id: string, index: number): Scene => ({
  id,
  index,
  kind: 'list',
  narration: `Words of ${id}.`,
  heading: 'Heading',
  points: ['a', 'b'],
  visualPrompt: 'A sea',
  keywords: ['sea'],
});
const script: Script = {
  title: 'Sea',
  language: 'en-US',
  style: 'documentary',
  scenes: [scene('s01', 0), scene('s02', 1), scene('s03', 2)],
  provider: 'rules',
  unitKey: 'k',
  warnings: [],
  materialExhausted: false,
};

test('scenes come in the order in which they are named, keep what is left out, and new ones get new ids', () => {
  const edited = editedScript(
    script,
    { scenes: [{ id: 's03' }, { narration: 'New words.' }, { id: 's01', narration: 'Other.' }] },
    usual,
  );
  expect(edited.title).toBe('Sea');
  expect(edited.scenes.map(({ id, index, narration }) => [id, index, narration])).toEqual([
    ['s03', 0, 'Words of s03.'],
    ['s04', 1, 'New words.'],
    ['s01', 2, 'Other.'],
  ]);
  expect(edited.scenes[2]).toMatchObject({ heading: 'Heading', points: ['a', 'b'], kind: 'list' });
  expect(editedScript(script, { title: 'Mine', scenes: [{ id: 's02' }] }, usual).title).toBe(
    'Mine',
  );
});

test('a scene that is not there, or is named twice, is refused by its place', () => {
  const wrong = (...ids: string[]) => {
    return () => editedScript(script, { scenes: ids.map((id) => ({ id })) }, usual);
  };
  expect(wrong('s01', 's09')).toThrow(/script\.scenes\[1\]\.id must be the id of a scene/);
  expect(wrong('s01', 's02', 's01')).toThrow(/script\.scenes\[2\]\.id must not be named twice/);
});
