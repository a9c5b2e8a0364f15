import { expect, test } from 'vitest';
import { FIGURES, type EditedFilm } from '@aura/proto';
import { keepersFirst } from './edited.js';

const film = (provider: string) =>
  ({
    makers: [{ stage: 'voice', sceneId: 's01', provider }],
    replacements: [],
  }) as unknown as EditedFilm;
const at = (sceneId: string, areAwayAsked: boolean) => ({
  stage: 'voice' as const,
  sceneId,
  areAwayAsked: () => areAwayAsked,
});

test('who has made what is kept is asked for it first, also when nothing new could be asked of them', () => {
  const chain = ['one', 'two'];
  expect(keepersFirst(chain, film('two'), at('s01', false)).chain).toEqual(['two', 'one']);
  expect(keepersFirst(chain, film('away'), at('s01', true)).chain).toEqual(['away', 'one', 'two']);
  expect(keepersFirst(chain, film('away'), at('s02', true)).chain).toEqual(chain);
});

test('as histories have it, and of scenes that want it no more, who is away is not asked', () => {
  expect(keepersFirst(['one'], film('away'), at('s01', false)).chain).toEqual(['one']);
  expect(keepersFirst(['one'], film(FIGURES), at('s01', true)).chain).toEqual(['one']);
});
