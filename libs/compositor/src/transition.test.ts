import { expect, test } from 'vitest';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { runFfmpeg } from '@aura/media';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LayerTransition, RenderPlan } from './render-plan.js';
import { FRAME, framesOf, hills, planOf, psnr, shown, spriteOf, stillOf } from './testing/plans.js';

const STILLS = [
  stillOf(hills),
  stillOf((x, y) => (Math.hypot(x - 64, y - 36) < 25 ? [250, 240, 200] : [30, 60 + y, 110])),
];
const LENGTH = 10;

function plan(transition: LayerTransition): RenderPlan {
  return planOf({
    frames: LENGTH + 2,
    stills: STILLS,
    visuals: [
      shown({ still: 0 }, { from: -20, to: LENGTH }),
      shown({ still: 1 }, { transition: { ...transition, frames: LENGTH } }),
    ],
  });
}

const DIRECTIONS = ['left', 'right', 'up', 'down'] as const;
const TRANSITIONS: [string, LayerTransition][] = [
  ['crossfade', { kind: 'crossfade', frames: LENGTH }],
  ['crossfade-in-light', { kind: 'crossfade', frames: LENGTH, linearLight: true }],
  ['dissolve', { kind: 'dissolve', frames: LENGTH }],
  ['fade-through-black', { kind: 'fade', frames: LENGTH, colour: '#000000' }],
  ['fade-through-white', { kind: 'fade', frames: LENGTH, colour: '#ffffff' }],
  ...(['wipe', 'slide', 'push'] as const).flatMap((kind) =>
    DIRECTIONS.map((direction): [string, LayerTransition] => [
      `${kind}-${direction}`,
      { kind, frames: LENGTH, direction },
    ]),
  ),
];

test.each(TRANSITIONS)(
  '%s begins with all of the picture before, ends with all of the next, and looks as it did',
  async (name, transition) => {
    const frames = await framesOf(plan(transition));
    const [before, after] = await Promise.all(STILLS.map(alone));
    expect(psnr(frames[0] ?? empty, before ?? empty)).toBeGreaterThan(45);
    expect(frames[LENGTH]).toEqual(after);
    const middle = frames[LENGTH / 2 - 1] ?? empty;
    expect(psnr(middle, before ?? empty)).toBeLessThan(35);
    expect(psnr(middle, after ?? empty)).toBeLessThan(35);
    await expectGolden(name, middle);
  },
);

const empty = new Uint8Array();

async function alone(still: (typeof STILLS)[number]): Promise<Uint8Array> {
  const [frame] = await framesOf(planOf({ stills: [still], visuals: [shown({ still: 0 })] }));
  return frame ?? empty;
}

test('light mixes lighter than signal does', async () => {
  const sum = async (linearLight: boolean) => {
    const frames = await framesOf(plan({ kind: 'crossfade', frames: LENGTH, linearLight }));
    return (frames[5] ?? empty).subarray(0, 128 * 72).reduce((total, value) => total + value, 0);
  };
  expect(await sum(true)).toBeGreaterThan(1.02 * (await sum(false)));
});

test('what lies over the picture looks as it did', async () => {
  const sprites = [
    spriteOf(60, 24, (x, y) => [255, 220, 40, x < 2 || y < 2 || x > 57 || y > 21 ? 255 : 140]),
    spriteOf(20, 20, (x, y) => [255, 60, 60, Math.hypot(x - 10, y - 10) < 9 ? 255 : 0]),
  ];
  const layers = [
    { sprites: [0], from: 0, to: 9, x: 10, y: 40, opacity: 0.8 },
    { sprites: [1], from: 0, to: 9, x: 80.5, y: 12.25, opacity: 1 },
  ];
  const visuals = [shown({ still: 0 }, { window: { x: 4.5, y: 3.25, width: 110 } })];
  const [frame] = await framesOf(planOf({ stills: STILLS, sprites, visuals, layers }));
  await expectGolden('sprites', frame ?? empty);
});

/**
 * Compares a frame with the picture of it that is kept; AURA_GOLDEN=write keeps what is drawn now. Pictures are
 * looked at before they are committed. 50 dB: another rounding, never another picture.
 */
async function expectGolden(name: string, frame: Uint8Array): Promise<void> {
  const golden = fileURLToPath(new URL(`testing/golden/${name}.png`, import.meta.url));
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-golden-'));
  const raw = path.join(folder, 'frame.yuv');
  const size = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'yuv420p',
    '-s',
    `${FRAME.widthPx}x${FRAME.heightPx}`,
  ];
  const quiet = ['-nostdin', '-v', 'error', '-y'];
  const rgb = ['-vf', 'scale=in_color_matrix=bt709:in_range=tv:flags=accurate_rnd', '-pix_fmt'];
  try {
    await writeFile(raw, frame);
    if (process.env['AURA_GOLDEN'] === 'write') {
      await mkdir(path.dirname(golden), { recursive: true });
      await runFfmpeg('ffmpeg', [...quiet, ...size, '-i', raw, ...rgb, 'rgb24', golden]);
    }
    expect(existsSync(golden)).toBe(true);
    const [own, kept] = [path.join(folder, 'own.rgb'), path.join(folder, 'kept.rgb')];
    const inputs = ['-i', raw, '-i', golden];
    const first = ['-map', '0:v', ...rgb, 'rgb24', '-f', 'rawvideo', own];
    const second = ['-map', '1:v', '-pix_fmt', 'rgb24', '-f', 'rawvideo', kept];
    await runFfmpeg('ffmpeg', [...quiet, ...size, ...inputs, ...first, ...second]);
    expect(psnr(await readFile(own), await readFile(kept))).toBeGreaterThan(50);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
