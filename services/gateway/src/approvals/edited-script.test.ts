import { expect, test } from 'vitest';
import { sampleScript } from '../testing/sample-script.js';
import { editedScript } from './edited-script.js';

const usual = { voiceId: 'en-US-narrator-f', language: 'en-US' };
const script = sampleScript({
  kind: 'list',
  points: ['a', 'b'],
  visualPrompt: 'A sea',
  keywords: ['sea'],
});

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

test('what no film may be is refused of an approved script as of an edit', () => {
  const wrong = (scenes: Parameters<typeof editedScript>[1]['scenes']) => () =>
    editedScript(script, { scenes }, usual);
  expect(wrong([{ id: 's01', points: [] }])).toThrow(
    /script\.scenes\[0\]\.points must not be empty for a scene of kind list/,
  );
  expect(wrong([{ id: 's01' }, { narration: 'New.', kind: 'number' }])).toThrow(
    /script\.scenes\[1\]\.points must not be empty/,
  );
  const narration = 'So it goes on and on. '.repeat(110);
  expect(wrong(Array.from({ length: 60 }, () => ({ narration })))).toThrow(
    /script\.scenes must leave a film of at most 30 minutes/,
  );
});
