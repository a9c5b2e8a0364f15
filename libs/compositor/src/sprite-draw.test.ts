import { expect, test } from 'vitest';
import fc from 'fast-check';
import { planesAt, yuvOf } from './frame-planes.js';
import type { SpriteLayer } from './render-plan.js';
import { FRAME, framesOf, lumaOf, planOf, shown, spriteOf } from './testing/plans.js';

const GROUND = '#204060';
const [GROUND_LUMA] = yuvOf(GROUND);

function layer(changes: Partial<SpriteLayer> = {}): SpriteLayer {
  return { sprites: [0], from: 0, to: 1_000, x: 0, y: 0, opacity: 1, ...changes };
}

const disc = spriteOf(40, 30, (x, y) => {
  const alpha = Math.round(255 * Math.min(1, Math.max(0, 15 - Math.hypot(x - 20, y - 15))));
  return [240, 200, 60, alpha];
});

async function drawn(sprite: typeof disc, changes: Partial<SpriteLayer>, frames = 1) {
  const visuals = [shown({ colour: GROUND })];
  return framesOf(planOf({ frames, sprites: [sprite], visuals, layers: [layer(changes)] }));
}

test('a sprite lies where it was put, at any place, size, colour and opacity', async () => {
  const channel = fc.integer({ min: 0, max: 255 });
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 50 })),
      fc.tuple(fc.integer({ min: -60, max: 130 }), fc.integer({ min: -40, max: 80 })),
      fc.tuple(channel, channel, channel, channel),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async ([width, height], [x, y], [r, g, b, a], opacity) => {
        const sprite = spriteOf(width, height, () => [r, g, b, a]);
        const [frame] = await drawn(sprite, { x, y, opacity });
        const colour = `#${[r, g, b].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
        const share = (a / 255) * opacity;
        const [luma] = yuvOf(colour);
        const inside = GROUND_LUMA + (luma - GROUND_LUMA) * share;
        const wrong = [...lumaOf(frame ?? new Uint8Array()).entries()].filter(([at, value]) => {
          const [column, row] = [at % FRAME.widthPx, Math.floor(at / FRAME.widthPx)];
          const isIn = column >= x && column < x + width && row >= y && row < y + height;
          return Math.abs(value - (isIn ? inside : GROUND_LUMA)) > 3;
        });
        expect(wrong).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

test('between pixels it is as bright as on them, and moves as far as it is told', async () => {
  const weigh = (frame: Uint8Array | undefined) => {
    let [sum, sumX] = [0, 0];
    for (const [at, value] of lumaOf(frame ?? new Uint8Array()).entries()) {
      sum += value - GROUND_LUMA;
      sumX += (value - GROUND_LUMA) * (at % FRAME.widthPx);
    }
    return { sum, x: sumX / sum };
  };
  const [whole] = await drawn(disc, { x: 30, y: 20 });
  const [moved] = await drawn(disc, { x: 30.375, y: 20.5 });
  expect(weigh(moved).sum / weigh(whole).sum).toBeCloseTo(1, 1);
  expect(weigh(moved).x - weigh(whole).x).toBeCloseTo(0.375, 1);
});

test('chroma lies below luma, also at odd places', async () => {
  const red = spriteOf(21, 15, () => [255, 0, 0, 255]);
  const [frame] = await drawn(red, { x: 33, y: 21 });
  const [, u, v] = planesAt(0, FRAME);
  const at = (plane: typeof u, x: number, y: number) =>
    frame?.[plane.at + y * plane.width + x] ?? 0;
  const [, wantedU, wantedV] = yuvOf('#ff0000');
  expect(Math.abs(at(u, 20, 13) - wantedU)).toBeLessThanOrEqual(2);
  expect(Math.abs(at(v, 20, 13) - wantedV)).toBeLessThanOrEqual(2);
  expect(at(v, 15, 13)).toBeLessThanOrEqual(yuvOf(GROUND)[2] + 1);
});

test.each([
  ['left', { left: 0, right: 32, top: 0, bottom: 72 }],
  ['right', { left: 96, right: 128, top: 0, bottom: 72 }],
  ['top', { left: 0, right: 128, top: 0, bottom: 18 }],
  ['bottom', { left: 0, right: 128, top: 54, bottom: 72 }],
] as const)('a quarter is revealed from the %s', async (edge, { left, right, top, bottom }) => {
  const white = spriteOf(128, 72, () => [255, 255, 255, 255]);
  const [frame] = await drawn(white, { reveal: { edge, share: 0.25 } });
  const luma = lumaOf(frame ?? new Uint8Array());
  const seen = luma.reduce((count, value) => count + (value > 200 ? 1 : 0), 0);
  expect(seen).toBe((right - left) * (bottom - top));
  expect(luma[(top + 1) * 128 + left + 1]).toBe(235);
  expect(luma[(bottom - 1) * 128 + right - 1]).toBe(235);
});

test('sprites of a layer follow one another, and the layer comes and goes', async () => {
  const sprites = [60, 120, 180].map((gray) => spriteOf(8, 8, () => [gray, gray, gray, 255]));
  const layers = [layer({ sprites: [0, 1, 2], every: 2, from: 1, to: 9, x: 4, y: 4 })];
  const plan = planOf({ frames: 10, sprites, visuals: [shown({ colour: '#000000' })], layers });
  const seen = (await framesOf(plan)).map((frame) => frame[6 * FRAME.widthPx + 6]);
  const [a, b, c] = [60, 120, 180].map((gray) => Math.round(16 + (219 * gray) / 255));
  expect(seen).toEqual([16, a, a, b, b, c, c, c, c, 16]);
});
