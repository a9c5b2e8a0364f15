import { expect, test } from 'vitest';
import type { EditableFilm } from './film.js';
import { withWanted } from './with-wanted.js';

const line = (stage: string, sceneId: string, asked: string, used: string) => {
  return { stage, sceneId, unit: '', asked, used, code: 'NotReady', reason: '' };
};
const maker = (stage: string, sceneId: string, provider: string) => ({ stage, sceneId, provider });
const FILM = {
  order: {
    edited: {
      makers: [
        maker('voice', 's01', 'flite'),
        maker('voice', 's02', 'own'),
        maker('visuals', 's01', 'cards'),
        maker('visuals', 's02', 'cards'),
      ],
      replacements: [
        line('voice', '', 'cloud', 'flite'),
        line('visuals', 's02', 'painter', 'cards'),
      ],
    },
  },
  chains: { script: [], voice: ['flite'], visuals: ['painter', 'cards'] },
} as unknown as EditableFilm;

test('who was not there at the start of a job is asked first again, for each scene of its stand-in', () => {
  const { order, chains } = withWanted(
    FILM,
    () => true,
    () => true,
  );
  expect(order.edited.makers).toEqual([
    maker('voice', 's02', 'own'),
    maker('visuals', 's01', 'cards'),
  ]);
  expect(chains).toMatchObject({ voice: ['cloud', 'flite'], visuals: ['painter', 'cards'] });
});

test('only the scenes that are meant are upgraded, and nobody is foretold who is not there', () => {
  const { order, chains } = withWanted(
    FILM,
    (sceneId) => sceneId === 's01',
    () => false,
  );
  expect(order.edited.makers).toHaveLength(3);
  expect(order.edited.replacements).toHaveLength(2);
  expect(chains.voice).toEqual(['flite']);
});
