import { afterAll, beforeAll, expect, test } from 'vitest';
import path from 'node:path';
import type { BlobRef, ClipSource, FilmStyle, Shot, Transition } from '@aura/proto';
import { runFfmpeg } from '@aura/media';
import { createComposeActivities } from '../compose-activities.js';
import {
  filmKit,
  grayFrames,
  JOB,
  narration,
  babble,
  SMALL,
  twoShots,
  type FilmKit,
} from '../testing/film-kit.js';

let kit: FilmKit;
let first: Shot;
let second: Shot;
beforeAll(async () => {
  kit = await filmKit();
  const silent = await narration(kit, babble(1_000), []);
  [first, second] = (await twoShots(kit)).map((shot) => ({ ...shot, narration: silent })) as [
    Shot,
    Shot,
  ];
});
afterAll(() => kit.remove());

const STYLE: FilmStyle = {
  motion: '',
  fit: '',
  transitionMs: 0,
  overlays: [],
  figures: true,
};

async function drawnBy(
  renderer: 'compositor' | 'ffmpeg',
  { shot, previous, style }: { shot: Shot; previous?: Shot; style?: FilmStyle },
): Promise<Buffer[]> {
  const activities = createComposeActivities({ ...kit.dependencies, renderer });
  const request = { job: JOB, render: SMALL, language: 'en', shot };
  const { video } = await activities.encodeSegment({
    ...request,
    ...(previous ? { previous } : {}),
    ...(style ? { style } : {}),
  });
  return grayFrames(kit, video);
}

const transition = (kind: string, direction = ''): Transition => ({
  kind,
  frames: 0,
  direction,
  colour: kind === 'fade' ? '#000000' : '',
  linearLight: false,
});

test.each([
  ['a crossfade', undefined, 30],
  ['motion with a push in', { ...STYLE, motion: 'in' }, 30],
  ['a wipe', { ...STYLE, transition: transition('wipe', 'left') }, 20],
  ['contained pictures that stand still', { ...STYLE, motion: 'none', fit: 'contain' }, 33],
])('both renderers draw %s alike', async (_name, style, leastDb) => {
  const request = { shot: second, previous: first, ...(style ? { style } : {}) };
  const [own, theirs] = [await drawnBy('compositor', request), await drawnBy('ffmpeg', request)];
  expect(own).toHaveLength(theirs.length);
  for (const [index, frame] of own.entries()) {
    expect(psnr(frame, theirs[index] ?? Buffer.alloc(0))).toBeGreaterThan(leastDb);
  }
});

/** 20 frames at 10 a second: each is as bright as its number. */
async function brightening(): Promise<BlobRef> {
  const file = path.join(kit.folder, 'brightening.mp4');
  const input = [
    '-f',
    'lavfi',
    '-i',
    "color=black:s=160x120:r=10:d=2,geq=lum='16+10*N':cb=128:cr=128",
  ];
  const encode = ['-c:v', 'libx264', '-crf', '8', '-pix_fmt', 'yuv420p', '-color_range', 'tv'];
  await runFfmpeg('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...input, ...encode, file]);
  return kit.store.putFile(file, 'video/mp4');
}

const CLIP = { fromMs: 0, toMs: 0, speed: 1, loop: false };

/** The number of the clip's frame that is seen in each frame of the film, by the middle of the picture. */
async function clipFramesSeen(
  changes: Partial<ClipSource>,
  frames: number,
  renderer: 'compositor' | 'ffmpeg' = 'compositor',
) {
  const clip = { ...CLIP, video: await brightening(), ...changes };
  const shot = { ...second, frames, picture: { ...second.picture, clip } };
  const style = { ...STYLE, transition: transition('cut') };
  const seen = await drawnBy(renderer, { shot, style });
  return seen.map((frame) => Math.round(((frame[90 * 320 + 160] ?? 0) * 219) / 255 / 10));
}

test('a clip is shown at its own pace, and its last picture stays', async () => {
  const seen = await clipFramesSeen({}, 60);
  expect(at(seen, [1, 6, 26, 48, 59])).toEqual([0, 2, 10, 19, 19]);
});

test.each(['compositor', 'ffmpeg'] as const)(
  'a clip is trimmed, sped up and looped as it was asked for by the %s',
  async (renderer) => {
    const piece = { fromMs: 500, toMs: 1_500, speed: 2, loop: true };
    const seen = await clipFramesSeen(piece, 40, renderer);
    // 10 frames of the clip, two of them in 2.5 frames of the film: begins anew after half a second.
    const once = seen.slice(0, 12);
    expect(Math.min(...once)).toBe(5);
    expect(Math.max(...once)).toBe(14);
    expect(seen.slice(13, 24)).toEqual(seen.slice(0, 11));
  },
);

function at(values: readonly number[], indices: readonly number[]): (number | undefined)[] {
  return indices.map((index) => values[index]);
}

function psnr(a: Buffer, b: Buffer): number {
  const error = a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0) / a.length;
  return error === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(255 ** 2 / error);
}
