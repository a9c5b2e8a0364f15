import { env } from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFailureCode } from '@aura/failure';
import sharp from 'sharp';
import { makeFilm, movingFilm } from './testing/film-files.js';
import { mutated } from './testing/mutated.js';
import { visualsStage, type VisualsStage } from './testing/visuals-stage.js';

let stage: VisualsStage;
beforeAll(async () => {
  stage = await visualsStage();
});
afterAll(() => stage.close());

const isLong = env['AURA_TEST_SCALE'] === 'long';
/** Of each kind: four of pictures, three of clips. */
const PICTURES = isLong ? 150 : 4;
const CLIPS = isLong ? 140 : 2;
/** Far more than the longest takes on a busy machine. */
const ENDS_WITHIN_MS = 40_000;

const noise = (width: number, height: number) => ({
  create: {
    width,
    height,
    channels: 3 as const,
    background: '#336699',
    noise: { type: 'gaussian' as const, mean: 120, sigma: 50 },
  },
});

async function kinds(): Promise<[string, string, Buffer, number][]> {
  const drawn = sharp(noise(500, 320));
  const small = ['-t', '0.6'];
  const vp9 = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=24:d=0.6', '-c:v', 'libvpx-vp9'];
  return [
    ['PNG', 'image/png', await drawn.png().toBuffer(), PICTURES],
    ['interlaced PNG', 'image/png', await drawn.png({ progressive: true }).toBuffer(), PICTURES],
    ['JPEG', 'image/jpeg', await drawn.jpeg().toBuffer(), PICTURES],
    ['WebP', 'image/webp', await drawn.webp().toBuffer(), PICTURES],
    ['MP4', 'video/mp4', await movingFilm('320x180', 24), CLIPS],
    ['fragmented MP4', 'video/mp4', await fragmented(small), CLIPS],
    ['WebM', 'video/webm', await makeFilm('a.webm', ...vp9, '-deadline', 'realtime'), CLIPS],
  ];
}

function fragmented(length: string[]): Promise<Buffer> {
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=24:d=1', ...length];
  const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
  return makeFilm('b.mp4', ...picture, ...encode, '-movflags', 'frag_keyframe+empty_moov');
}

test('a file with anything wrong in it gives a good picture, or a code of the user’s file, and always an end', async () => {
  const ends = new Map<string, number>();
  for (const [name, mediaType, whole, count] of await kinds()) {
    for (let seed = 0; seed < count; seed += 1) {
      const media = await stage.store.putBytes(mutated(whole, seed), mediaType);
      const startedMs = Date.now();
      const end = await stage
        .illustrate({ provider: 'own-media', scene: { media } })
        .then(goodOf, (error: Error & { code?: string }) => error.code ?? error.message);
      ends.set(end, (ends.get(end) ?? 0) + 1);
      const told = `${name} ${seed}: ${end}`;
      expect([told, Date.now() - startedMs < ENDS_WITHIN_MS]).toEqual([told, true]);
      const isExpected =
        end === 'good' || (isFailureCode(end) && !/^(Internal|BlobCorrupt)/.test(end));
      expect([told, isExpected]).toEqual([told, true]);
    }
  }
  expect([...ends.keys()]).toEqual(expect.arrayContaining(['good']));
  expect(ends.size).toBeGreaterThan(1);
}, 3_000_000);

/** A picture that can be decoded, in the size that the film needs. */
async function goodOf(picture: Awaited<ReturnType<VisualsStage['illustrate']>>): Promise<string> {
  const { data, info } = await sharp(await stage.bytesOf(picture))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const isLarge = info.width >= 256 && info.height >= 256;
  return isLarge && data.length === info.width * info.height * info.channels ? 'good' : 'bad';
}
