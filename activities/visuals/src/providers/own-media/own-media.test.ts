import { afterAll, beforeAll, expect, test } from 'vitest';
import sharp from 'sharp';
import { visualsStage, type VisualsStage } from '../../testing/visuals-stage.js';

let stage: VisualsStage;
beforeAll(async () => {
  stage = await visualsStage();
});
afterAll(() => stage.close());

const gradient = Buffer.from(
  '<svg width="600" height="400"><linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient><rect width="600" height="400" fill="url(#g)"/></svg>',
);

test('an uploaded picture fills the frame, and shown twice it is compared with none', async () => {
  const media = await stage.store.putBytes(await sharp(gradient).jpeg().toBuffer(), 'image/jpeg');
  const picture = await stage.illustrate({ provider: 'own-media', scene: { media } });
  expect(picture).toMatchObject({ provider: 'own-media', warnings: [] });
  expect(picture.widthPx).toBeGreaterThanOrEqual(256);
  expect(picture.dhash).toBeUndefined();
  const { dominant } = await sharp(await stage.bytesOf(picture)).stats();
  expect(dominant.g).toBeLessThan(60);
});

test('a picture that is damaged, deleted or not there is told as that', async () => {
  const media = await stage.store.putBytes(
    Buffer.from('ffd8ffe000104a464946', 'hex'),
    'image/jpeg',
  );
  const gone = { ...media, sha256: 'a'.repeat(64) };
  const codes = [];
  for (const scene of [{ media }, { media: gone }, {}]) {
    const failed = stage.illustrate({ provider: 'own-media', scene });
    codes.push(await failed.catch(({ code }: { code: string }) => code));
  }
  expect(codes).toEqual(['PictureInvalid', 'ArtifactGone', 'PictureInvalid']);
});
