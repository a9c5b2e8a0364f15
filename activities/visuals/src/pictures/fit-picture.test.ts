import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import sharp, { type Sharp } from 'sharp';
import { lookAlike } from '@aura/proto';
import { fitPicture } from './fit-picture.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'aura-fit-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const FRAME = { widthPx: 160, heightPx: 90 };
const refused = { code: 'PictureInvalid' };
let files = 0;
const fit = async (bytes: Buffer, frame = FRAME) => {
  const file = path.join(folder, `${(files += 1)}.png`);
  return { file, ...(await fitPicture(bytes, frame, file)) };
};

/** A red disc at `x`, `y` (shares of the size) over a calm blue field. */
function disc({ width = 640, height = 480, x = 0.5, y = 0.5, more = '' } = {}): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#24476b"/><rect width="100%" height="40%" fill="#3a6791"/>
    <circle cx="${x * width}" cy="${y * height}" r="${height / 7}" fill="#e0402f"/>${more}</svg>`;
  return sharp(Buffer.from(svg)).removeAlpha();
}
const redShare = async (file: string): Promise<number> => {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  let red = 0;
  for (let at = 0; at < data.length; at += info.channels)
    if (data[at]! > 180 && data[at + 2]! < 90) red += 1;
  return red / (info.width * info.height);
};

test.each(['png', 'jpeg', 'webp'] as const)(
  'a %s becomes a plain PNG in sRGB of exactly the size that motion needs',
  async (kind) => {
    const bytes = await disc()
      .withExif({ IFD0: { Artist: 'A Canary', ImageDescription: 'where it was taken' } })
      .withIccProfile('p3')
      .toFormat(kind)
      .toBuffer();
    const { file, dhash } = await fit(bytes);
    const meta = await sharp(file).metadata();
    expect(meta).toMatchObject({
      format: 'png',
      width: 180,
      height: 102,
      channels: 3,
      space: 'srgb',
      depth: 'uchar',
    });
    expect([meta.exif, meta.icc, meta.xmp, meta.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect((await readFile(file)).toString('latin1')).not.toContain('Canary');
    expect(dhash).toMatch(/^[0-9a-f]{16}$/);
  },
);

test('grey, CMYK, 16-bit, palette and transparent pictures become the same kind of picture', async () => {
  const hole = await disc({ more: '' })
    .ensureAlpha()
    .composite([
      {
        input: Buffer.from('<svg width="640" height="480"><rect width="300" height="300"/></svg>'),
        blend: 'dest-out',
      },
    ])
    .png()
    .toBuffer();
  const all = [
    await disc().greyscale().png().toBuffer(),
    await disc().toColourspace('cmyk').jpeg().toBuffer(),
    await disc().toColourspace('rgb16').png().toBuffer(),
    await disc().png({ palette: true }).toBuffer(),
    hole,
  ];
  for (const bytes of all) {
    const meta = await sharp((await fit(bytes)).file).metadata();
    expect(meta).toMatchObject({
      width: 180,
      height: 102,
      channels: 3,
      space: 'srgb',
      hasAlpha: false,
    });
  }
});

test('a picture that lies on its side is turned upright before it is cut', async () => {
  const lying = await disc({ width: 480, height: 640, x: 0.5, y: 0.15 })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const { file } = await fit(lying);
  const right = await sharp(file).extract({ left: 120, top: 0, width: 60, height: 102 }).toBuffer();
  await sharp(right).toFile(path.join(folder, 'right.png'));
  expect(await redShare(path.join(folder, 'right.png'))).toBeGreaterThan(0.1);
});

test.each([0.14, 0.86])('the cut keeps what draws the eye, at %d of the width', async (x) => {
  const wide = await disc({ width: 1_200, height: 400, x }).png().toBuffer();
  const { file } = await fit(wide, { widthPx: 100, heightPx: 100 });
  expect(await redShare(file)).toBeGreaterThan(0.045);
});

test('the same bytes give the same file', async () => {
  const bytes = await disc().jpeg().toBuffer();
  const [one, other] = [await fit(bytes), await fit(bytes)];
  expect(await readFile(one.file)).toEqual(await readFile(other.file));
});

test('what looks the same is told as alike, whatever its size and light; what does not is not', async () => {
  const [a, again, elsewhere] = await Promise.all([
    disc({ x: 0.3 }).jpeg({ quality: 40 }).toBuffer(),
    disc({ x: 0.3, width: 1_280, height: 960 }).modulate({ brightness: 1.15 }).png().toBuffer(),
    disc({ x: 0.8, y: 0.7, more: '<path d="M0 480L200 200L420 480" fill="#111"/>' })
      .png()
      .toBuffer(),
  ]);
  const [one, two, three] = [await fit(a), await fit(again), await fit(elsewhere)];
  expect(lookAlike(one.dhash, two.dhash)).toBe(true);
  expect(lookAlike(one.dhash, three.dhash)).toBe(false);
  expect(lookAlike(undefined, one.dhash)).toBe(false);
});

test('blank pictures are refused, also where noise hides that they are', async () => {
  const create = { width: 640, height: 480, channels: 3, background: '#808080' } as const;
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
  const flat = await sharp({ create }).png().toBuffer();
  const noisy = await sharp({ create: { ...create, noise } })
    .png()
    .toBuffer();
  for (const bytes of [flat, noisy]) {
    await expect(fit(bytes)).rejects.toMatchObject({
      ...refused,
      message: 'The picture of a scene failed its check: it shows nothing.',
    });
  }
});

test('bombs, tiny pictures and endless panoramas are refused from their heads', async () => {
  const huge = { width: 16_000, height: 16_000, channels: 3, background: '#123456' } as const;
  const bomb = await sharp({ create: huge, limitInputPixels: false })
    .png({ compressionLevel: 9 })
    .toBuffer();
  const tiny = await disc({ width: 40, height: 30 }).png().toBuffer();
  const panorama = await disc({ width: 3_000, height: 120 }).png().toBuffer();
  const started = performance.now();
  for (const bytes of [bomb, tiny, panorama]) {
    await expect(fit(bytes)).rejects.toMatchObject(refused);
  }
  expect(performance.now() - started).toBeLessThan(500);
});

test('truncated, damaged and foreign files are refused, whatever they call themselves', async () => {
  const jpeg = await disc().jpeg().toBuffer();
  const png = await disc().png().toBuffer();
  const damaged = Buffer.from(png);
  damaged.fill(0x55, damaged.length / 2, damaged.length / 2 + 60);
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><circle r="90"/></svg>';
  const files: Record<string, Buffer> = {
    empty: Buffer.alloc(0),
    truncated: jpeg.subarray(0, jpeg.length * 0.7),
    half: png.subarray(0, png.length * 0.5),
    damaged,
    svg: Buffer.from(svg),
    gif: await disc().gif().toBuffer(),
    tiff: await disc().tiff().toBuffer(),
    playlist: Buffer.from('#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/x.ts\n'),
    avi: Buffer.from('RIFF\0\0\0\0AVI LIST'),
    'half a head': png.subarray(0, 12),
    'wrong head': Buffer.concat([jpeg.subarray(0, 4), png]),
    words: Buffer.from('<html>Service unavailable</html>'),
  };
  for (const bytes of Object.values(files)) await expect(fit(bytes)).rejects.toMatchObject(refused);
});
