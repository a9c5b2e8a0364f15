import { expect, test } from 'vitest';
import type { ProviderPrice, Scene, WorkerReport } from '@aura/proto';
import { likelyUsd } from './edit-estimate.js';
import type { EditableFilm } from './film.js';

const scene = (id: string, kind: Scene['kind']): Scene => {
  const words = { narration: 'It is.', heading: id, points: [], visualPrompt: '', keywords: [] };
  return { id, kind, index: 0, ...words };
};
const scenes = [scene('s01', 'quote'), scene('s02', 'statement')];
const FILM = {
  order: { brief: { text: '' }, edited: { script: { scenes }, makers: [] } },
  chains: { script: [], voice: [], visuals: ['painter', 'cards'] },
} as unknown as EditableFilm;
const price: Partial<ProviderPrice> = { perPicture: 1 };
const painter = { name: 'painter', stage: 'visuals', usable: true, facts: { kind: 'ai', price } };
const workers = [{ providers: [painter] }] as unknown as WorkerReport[];
const kindOf = (name: string) => (name === 'cards' ? 'drawing' : 'ai');

test('a scene that is drawn costs nothing, whoever is asked first for pictures', () => {
  const usd = (sceneId: string) =>
    likelyUsd([{ unit: 'illustrateScene', sceneId, label: '' }], FILM, { workers, kindOf });
  expect(usd('s01')).toBe(0);
  expect(usd('s02')).toBeGreaterThan(0);
});
