import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Figure } from '@aura/proto';
import sharp from 'sharp';
import { visualsStage, type VisualsStage } from '../../testing/visuals-stage.js';

let stage: VisualsStage;
beforeAll(async () => {
  stage = await visualsStage();
});
afterAll(() => stage.close());

const bars: Figure = {
  kind: 'bars',
  title: 'Where it rains most',
  unit: 'mm',
  source: '',
  items: [
    { label: 'Bergen', value: 2250, text: '' },
    { label: 'London', value: 600, text: '' },
  ],
};

test('a scene with data is drawn as its figure, and the picture carries what it builds itself up from', async () => {
  const picture = await stage.illustrate({ provider: 'figures', scene: { figure: bars } });
  expect(picture).toMatchObject({ provider: 'figures', warnings: [], figure: bars });
  expect(picture.figure?.look).toMatchObject({ language: 'en-US', seed: 's02', number: 2 });
  const card = await stage.illustrate({ provider: 'cards', scene: {} });
  expect(picture.image.sha256).not.toBe(card.image.sha256);
  const { width } = await sharp(await stage.bytesOf(picture)).metadata();
  expect(width).toBe(picture.widthPx);
});

test('other data is another unit of work, and a scene without any gets a card', async () => {
  const [first, same, other] = await Promise.all([
    stage.illustrate({ provider: 'figures', scene: { figure: bars } }),
    stage.illustrate({ provider: 'figures', scene: { figure: bars, narration: 'Other words.' } }),
    stage.illustrate({ provider: 'figures', scene: { figure: { ...bars, unit: 'inches' } } }),
  ]);
  expect(same.unitKey).toBe(first.unitKey);
  expect(other.unitKey).not.toBe(first.unitKey);
  const plain = await stage.illustrate({ provider: 'figures', scene: { heading: 'No data here' } });
  const card = await stage.illustrate({ provider: 'cards', scene: { heading: 'No data here' } });
  expect(plain.figure).toBeUndefined();
  expect(plain.image.sha256).toBe(card.image.sha256);
});
