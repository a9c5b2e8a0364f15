import { afterAll, beforeAll, expect, test } from 'vitest';
import { readdir } from 'node:fs/promises';
import { filmKit, SMALL, standIn, type FilmKit } from '../testing/film-kit.js';
import { captionLayout } from './caption-layout.js';
import { captionLook } from './caption-look.js';
import { drawWithLibass, type LibassRequest } from './draw-with-libass.js';

let kit: FilmKit;
beforeAll(async () => {
  kit = await filmKit();
});
afterAll(() => kit.remove());

test('an FFmpeg that writes half a picture and ends well draws no caption, least of all a black one (X1)', async () => {
  const script = 'head -c 1000 /dev/zero > caption-sprites.rgb';
  const ffmpegPath = await standIn(kit, 'half', script);
  const layout = captionLayout(SMALL);
  const request: LibassRequest = {
    texts: ['Half'],
    layout,
    look: captionLook(undefined, layout),
    script: 'Latn',
    stage: { widthPx: 64, heightPx: 32, offsetPx: 0 },
    frame: SMALL,
  };
  const place = { ffmpegPath, folder: kit.folder, signal: undefined };
  const pictures: unknown[] = [];
  const drawing = drawWithLibass(request, place, async (pixels) => void pictures.push(pixels));
  await expect(drawing).rejects.toMatchObject({ code: 'FilmInvalid:captions' });
  expect(pictures).toEqual([]);
  expect(await readdir(kit.folder)).not.toContain('caption-sprites.rgb');
});
