import { expect, test } from 'vitest';
import { editedScript } from '../approvals/edited-script.js';
import { orderFrom } from '../videos/order.js';
import { sampleScript } from '../testing/sample-script.js';
import { applyEdits } from './apply-edits.js';
import { editableFilm } from './film.js';

const script = sampleScript({});

test('a scene that is inserted gets an id and a seat that none has, also after an approval that left scenes out', () => {
  const order = orderFrom({ brief: 'The sea.' });
  const approved = editedScript(script, { scenes: [{ id: 's01' }, { id: 's03' }] }, order.voice);
  const made = { order, script: { ...script, ...approved }, making: null, replacements: [] };
  const { film } = applyEdits(
    editableFilm(made),
    [1, 2].map(() => ({ op: 'insert', scene: { narration: 'New words.' } }) as const),
    { bytesOf: () => undefined, kindOf: () => '', isUsable: () => true, translations: undefined },
  );
  const { edited } = film.order;
  expect(edited.script.scenes.map(({ id }) => id)).toEqual(['s01', 's03', 's04', 's05']);
  expect(edited.seats).toEqual({ s01: 0, s03: 1, s04: 3, s05: 4 });
});
