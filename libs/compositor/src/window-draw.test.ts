import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { runFfmpeg } from '@aura/media';
import { planesAt } from './frame-planes.js';
import type { Track } from './render-plan.js';
import { valueAt } from './track.js';
import { FRAME, framesOf, hills, lumaOf, planOf, psnr, shown, stillOf } from './testing/plans.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aura-window-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const STILL = { widthPx: 148, heightPx: 84 };

/** FFmpeg's own filter that reads between pixels; its cubic kernel is another one, of which little is seen. */
test.each([
  ['a pan', { x: 7.3, y: 4.6, width: 128 }],
  ['a zoom', { x: 3.2, y: 1.7, width: 139.4 }],
  ['the whole', { x: 0.1, y: 0.2, width: 147.6 }],
])('%s is what `perspective` draws, to 40 dB in each plane', async (_name, window) => {
  const still = stillOf(hills, STILL);
  const plan = planOf({ stills: [still], visuals: [shown({ still: 0 }, { window })] });
  const [drawn] = await framesOf(plan);
  const whole = { ...STILL, stills: [still], visuals: [shown({ still: 0 }, { window: WHOLE })] };
  const [source] = await framesOf(planOf(whole));
  const wanted = await perspective(source ?? new Uint8Array(), window);
  for (const { at, width, rows } of planesAt(0, FRAME)) {
    const [own, theirs] = [drawn, wanted].map((frame) => frame?.subarray(at, at + width * rows));
    expect(psnr(own ?? new Uint8Array(), theirs ?? new Uint8Array(1))).toBeGreaterThan(40);
  }
});

const WHOLE = { x: 0, y: 0, width: STILL.widthPx };

async function perspective(
  source: Uint8Array,
  { x, y, width }: { x: number; y: number; width: number },
): Promise<Uint8Array> {
  const [input, output] = [path.join(folder, 'source.yuv'), path.join(folder, 'seen.yuv')];
  await writeFile(input, source);
  const zoom = width / FRAME.widthPx;
  const [right, bottom] = [x + STILL.widthPx * zoom, y + STILL.heightPx * zoom];
  const corners = `x0=${x}:y0=${y}:x1=${right}:y1=${y}:x2=${x}:y2=${bottom}:x3=${right}:y3=${bottom}`;
  const filter = `perspective=${corners}:interpolation=cubic,crop=${FRAME.widthPx}:${FRAME.heightPx}:0:0`;
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p'];
  const size = ['-s', `${STILL.widthPx}x${STILL.heightPx}`];
  const quiet = ['-nostdin', '-v', 'error', '-y'];
  const seen = ['-i', input, '-vf', filter];
  await runFfmpeg('ffmpeg', [...quiet, ...raw, ...size, ...seen, ...raw, output]);
  return new Uint8Array(await readFile(output));
}

/** A dot so soft that its middle can be told between pixels. */
const DOT = stillOf((x, y) => {
  const far = Math.min(1, Math.hypot(x - 84, y - 40) / 14);
  const gray = Math.round(230 * Math.cos((far * Math.PI) / 2) ** 2);
  return [gray, gray, gray];
}, STILL);

test.each<[string, { x: Track; y: Track; width: Track }]>([
  ['pan', { x: way(2.1, 14.3), y: 5.4, width: 128 }],
  ['diagonal pan', { x: way(2.1, 14.3), y: way(2, 8), width: 128 }],
  ['zoom', { x: 0.5, y: 0.3, width: way(147, 100) }],
])('a %s is smooth: its steps differ by less than 2 %%', async (_name, window) => {
  const visuals = [shown({ still: 0 }, { window })];
  const frames = await framesOf(planOf({ frames: 61, stills: [DOT], visuals }));
  const track = frames.map((frame) => centreOf(lumaOf(frame)));
  const wanted = frames.map((_frame, index) => seenThrough(window, index));
  const [steps, exact] = [track, wanted].map((points) =>
    points.slice(1).map((point, index) => minus(point, points[index] ?? point)),
  );
  const off = (steps ?? []).map((step, index) =>
    Math.hypot(...minus(step, exact?.[index] ?? step)),
  );
  const speed = mean((exact ?? []).map((step) => Math.hypot(...step)));
  expect(speed).toBeGreaterThan(0.05);
  expect(Math.sqrt(mean(off.map((px) => px * px))) / speed).toBeLessThan(0.02);
});

/** Where the dot's middle lies in the frame. */
function seenThrough(
  { x, y, width }: { x: Track; y: Track; width: Track },
  frame: number,
): [number, number] {
  const zoom = valueAt(width, frame) / FRAME.widthPx;
  return [(84.5 - valueAt(x, frame)) / zoom, (40.5 - valueAt(y, frame)) / zoom];
}

function way(from: number, to: number): Track {
  return [
    { frame: 0, value: from },
    { frame: 60, value: to },
  ];
}

test('a window may lie anywhere, at any size: what is outside repeats the edge', async () => {
  const size = fc.integer({ min: 4, max: 60 }).map((half) => half * 2);
  const place = fc.double({ min: -40, max: 60, noNaN: true });
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(size, size),
      fc.record({ x: place, y: place, width: size }),
      async ([widthPx, heightPx], window) => {
        const still = stillOf(() => [200, 80, 40], { widthPx, heightPx });
        const visuals = [shown({ still: 0 }, { window })];
        const [frame] = await framesOf(planOf({ stills: [still], visuals }));
        for (const { at, width: columns, rows } of planesAt(0, FRAME)) {
          const plane = frame?.subarray(at, at + columns * rows) ?? [];
          expect(Math.max(...plane) - Math.min(...plane)).toBeLessThanOrEqual(1);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('colours are those of limited-range BT.709', async () => {
  // Rec. ITU-R BT.709-6, 8 bit: white, black, and the primaries at full.
  const chart: [number[], number[]][] = [
    [
      [255, 255, 255],
      [235, 128, 128],
    ],
    [
      [0, 0, 0],
      [16, 128, 128],
    ],
    [
      [255, 0, 0],
      [63, 102, 240],
    ],
    [
      [0, 255, 0],
      [173, 42, 26],
    ],
    [
      [0, 0, 255],
      [32, 240, 118],
    ],
  ];
  for (const [rgb, yuv] of chart) {
    const [r = 0, g = 0, b = 0] = rgb;
    const hex = `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
    const stills = [stillOf(() => [r, g, b])];
    for (const source of [{ still: 0 }, { colour: hex }]) {
      const [frame] = await framesOf(planOf({ stills, visuals: [shown(source)] }));
      for (const [index, { at }] of planesAt(0, FRAME).entries()) {
        expect(Math.abs((frame?.[at + 5] ?? 0) - (yuv[index] ?? 0))).toBeLessThanOrEqual(1);
      }
    }
  }
});

function centreOf(luma: Uint8Array): [number, number] {
  let [sumX, sumY, sum] = [0, 0, 0];
  for (const [index, value] of luma.entries()) {
    const weight = value - 16;
    sumX += weight * (index % FRAME.widthPx);
    sumY += weight * Math.floor(index / FRAME.widthPx);
    sum += weight;
  }
  return [sumX / sum, sumY / sum];
}

function minus(a: readonly number[], b: readonly number[]): [number, number] {
  return [(a[0] ?? 0) - (b[0] ?? 0), (a[1] ?? 0) - (b[1] ?? 0)];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
