import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import sharp from 'sharp';
import { checkPicture } from './check-picture.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'aura-pictures-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const FRAME = { widthPx: 100, heightPx: 60 };

async function picture(name: string, width: number, height: number, svg: string): Promise<string> {
  const file = path.join(folder, name);
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`;
  await sharp(Buffer.from(drawn)).toFile(file);
  return file;
}
const CIRCLE = '<rect width="200" height="200" fill="#fff"/><circle cx="40" cy="40" r="20"/>';
const refused = { code: 'PictureInvalid' };

test('a picture that covers the frame passes and its size is measured', async () => {
  const file = await picture('good.png', 120, 80, CIRCLE);
  expect(await checkPicture(file, FRAME)).toEqual({ widthPx: 120, heightPx: 80 });
});

test('flat, small, odd and foreign pictures are refused', async () => {
  const flat = await picture('flat.png', 120, 80, '<rect width="200" height="200" fill="#123"/>');
  const small = await picture('small.png', 98, 80, CIRCLE);
  const odd = await picture('odd.png', 121, 80, CIRCLE);
  const jpeg = await picture('photo.jpg', 120, 80, CIRCLE);
  for (const file of [flat, small, odd, jpeg]) {
    await expect(checkPicture(file, FRAME)).rejects.toMatchObject(refused);
  }
});

test('missing, empty, truncated and damaged files are refused', async () => {
  const whole = await readFile(await picture('whole.png', 120, 80, CIRCLE));
  const damaged = Buffer.from(whole);
  damaged.fill(0x55, whole.length / 2, whole.length / 2 + 40);
  const files: Record<string, Buffer> = {
    'empty.png': Buffer.alloc(0),
    'truncated.png': whole.subarray(0, whole.length * 0.6),
    'damaged.png': damaged,
    'riff.png': Buffer.from('RIFF\0\0\0\0AVI LIST'),
  };
  for (const [name, bytes] of Object.entries(files)) {
    await writeFile(path.join(folder, name), bytes);
    await expect(checkPicture(path.join(folder, name), FRAME)).rejects.toMatchObject(refused);
  }
  await expect(checkPicture(path.join(folder, 'none.png'), FRAME)).rejects.toMatchObject(refused);
});

test('a small file that would unfold into a huge picture is refused before it is decoded', async () => {
  const bomb = path.join(folder, 'bomb.png');
  const huge = { width: 6_200, height: 6_200, channels: 3, background: '#123456' } as const;
  await sharp({ create: huge }).png({ compressionLevel: 1 }).toFile(bomb);
  const started = performance.now();
  await expect(checkPicture(bomb, FRAME)).rejects.toMatchObject(refused);
  expect(performance.now() - started).toBeLessThan(500);
});
