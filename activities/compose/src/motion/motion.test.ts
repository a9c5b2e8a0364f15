import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HIDDEN_MARGIN } from '../film-constants.js';
import { pictureInput } from '../providers/ffmpeg/segment-args.js';
import { ffmpegOutput, filmKit, picture, SMALL, type FilmKit } from '../testing/film-kit.js';
import { motionFilter, stillFilter } from './motion-filters.js';
import { motionOf, stillSize, tailFrames, type Drift, type Motion } from './motion.js';

const spec = fc.record({
  sceneId: fc.string({ minLength: 1, maxLength: 8 }),
  frames: fc.integer({ min: 10, max: 5_000 }),
  fps: fc.constantFrom(24, 25, 30, 50, 60),
  size: fc.constantFrom([320, 180], [1_920, 1_080], [1_080, 1_920], [1_080, 1_080], [3_840, 2_160]),
});

test('at any length and size the frame stays inside the still, and inside what is promised to be seen', () => {
  fc.assert(
    fc.property(spec, ({ sceneId, frames, fps, size: [widthPx = 0, heightPx = 0] }) => {
      const render = { ...SMALL, widthPx, heightPx, fps };
      const motion = motionOf(sceneId, frames, render);
      const still = stillSize(render);
      for (const frame of [0, Math.floor(frames / 2), frames, frames + tailFrames(fps) - 1]) {
        const window = windowAt(motion, frame, render);
        for (const [start, end, whole] of [
          [window.x, window.x + window.widthPx, still.widthPx],
          [window.y, window.y + window.heightPx, still.heightPx],
        ] as const) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(whole);
          expect(start).toBeLessThanOrEqual(whole * HIDDEN_MARGIN + 4);
          expect(end).toBeGreaterThanOrEqual(whole * (1 - HIDDEN_MARGIN) - 4);
        }
      }
    }),
  );
});

test('the same scene always moves the same way, and scenes move in different ways', () => {
  expect(motionOf('s01', 200, SMALL)).toEqual(motionOf('s01', 200, SMALL));
  const kinds = Array.from({ length: 400 }, (_, index) => motionOf(`scene ${index}`, 200, SMALL));
  expect(kinds.filter(({ kind }) => kind === 'push').length).toBeGreaterThan(50);
  expect(new Set(kinds.map((motion) => JSON.stringify(motion))).size).toBe(8);
});

test('even a shot of a minute moves', () => {
  for (let scene = 0; scene < 30; scene += 1) {
    const motion = motionOf(`scene ${scene}`, 1_800, { ...SMALL, widthPx: 1_920, heightPx: 1_080 });
    const speed = motion.kind === 'push' ? motion.zoomPerFrame : motion.stepX || motion.stepY;
    expect(speed).not.toBe(0);
  }
});

let kit: FilmKit;
beforeAll(async () => {
  kit = await filmKit();
});
afterAll(() => kit.remove());

const WIDE = { ...SMALL, widthPx: 640, heightPx: 360, fps: 30 };

/** Measured with the same dots: zoompan 50 to 90 %, `perspective` on every frame about 7 % at this size. */
test.each([
  ['drift', 's05', 0.04],
  ['diagonal drift', 's07', 0.04],
  ['push', 's02', 0.12],
])(
  'a %s is smooth: its steps differ by little',
  async (_kind, sceneId, limit) => {
    const track = await dotTrack(motionOf(sceneId, 60, WIDE), { from: 0, frames: 60 });
    const steps = track
      .slice(1)
      .map(([x, y], index) => [x - at(track, index)[0], y - at(track, index)[1]]);
    const mean = [0, 1].map((axis) => average(steps.map((step) => step[axis] ?? 0)));
    const deviations = steps.map((step) => distance(step, mean));
    const jitter = Math.sqrt(average(deviations.map((value) => value * value)));
    expect(distance(mean, [0, 0])).toBeGreaterThan(0.05);
    expect(jitter / distance(mean, [0, 0])).toBeLessThan(limit);
  },
  120_000,
);

test.each(['s02', 's05', 's07'])(
  'the tail under the next crossfade goes on where the shot of %s has stopped',
  async (sceneId) => {
    const motion = motionOf(sceneId, 40, WIDE);
    const whole = await dotTrack(motion, { from: 0, frames: 46 });
    const tail = await dotTrack(motion, { from: 40, frames: 6 });
    for (const [index, dot] of tail.entries()) {
      expect(distance(dot, at(whole, 40 + index))).toBeLessThan(0.02);
    }
  },
  120_000,
);

function windowAt(motion: Motion, frame: number, render: typeof SMALL) {
  const { widthPx, heightPx } = render;
  const still = stillSize(render);
  if (motion.kind === 'drift') return { ...driftAt(motion, frame), widthPx, heightPx };
  const zoom = motion.startZoom + motion.zoomPerFrame * frame;
  const size = { widthPx: widthPx * zoom, heightPx: heightPx * zoom };
  return {
    ...size,
    x: (still.widthPx - size.widthPx) / 2,
    y: (still.heightPx - size.heightPx) / 2,
  };
}

function driftAt({ startX, startY, stepX, stepY, phases, hold }: Drift, frame: number) {
  const steps = Math.floor(frame / hold);
  return { x: startX + (2 * stepX * steps) / phases, y: startY + (2 * stepY * steps) / phases };
}

type Point = [number, number];

/** A soft dot, so smooth that its middle can be told between pixels. */
const STOPS = Array.from({ length: 21 }, (_, index) => {
  const gray = Math.round(230 * Math.cos((index / 20) * (Math.PI / 2)) ** 2);
  return `<stop offset="${index / 20}" stop-color="rgb(${gray},${gray},${gray})"/>`;
});
const DOT =
  `<defs><radialGradient id="g">${STOPS.join('')}</radialGradient></defs>` +
  '<circle cx="72%" cy="66%" r="14" fill="url(#g)"/>';

/** The part of the frame that the dot does not leave. */
const VIEW = { x: 400, y: 180, sidePx: 120 };

/** Where the middle of a dot off the centre of the still lies in each frame. */
async function dotTrack(
  motion: Motion,
  { from, frames }: { from: number; frames: number },
): Promise<Point[]> {
  const { image } = await picture(kit, { render: WIDE, colour: '#000', svg: DOT });
  const filters = [
    stillFilter(WIDE),
    motionFilter(motion, { frame: WIDE, fps: WIDE.fps, from }),
    `crop=${VIEW.sidePx}:${VIEW.sidePx}:${VIEW.x}:${VIEW.y},format=gray`,
  ];
  const input = pictureInput(await kit.store.localPath(image), String(WIDE.fps));
  const output = ['-vf', filters.join(','), '-frames:v', String(frames), '-f', 'rawvideo'];
  const raw = await ffmpegOutput(kit, [...input, ...output]);
  const bytes = VIEW.sidePx ** 2;
  return Array.from({ length: frames }, (_, frame) =>
    centreOf(raw.subarray(frame * bytes, (frame + 1) * bytes)),
  );
}

function centreOf(view: Uint8Array): Point {
  let [sumX, sumY, sum] = [0, 0, 0];
  for (const [index, value] of view.entries()) {
    const weight = Math.max(0, value - 24);
    sumX += weight * (index % VIEW.sidePx);
    sumY += weight * Math.floor(index / VIEW.sidePx);
    sum += weight;
  }
  return [sumX / sum, sumY / sum];
}

function at(track: readonly Point[], index: number): Point {
  return track[index] ?? [Number.NaN, Number.NaN];
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot((a[0] ?? 0) - (b[0] ?? 0), (a[1] ?? 0) - (b[1] ?? 0));
}
