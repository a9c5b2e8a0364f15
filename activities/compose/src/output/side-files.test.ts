import { expect, test } from 'vitest';
import fc from 'fast-check';
import { bestLook, worthOf } from './best-look.js';
import type { Look } from './glance.js';
import { rungsOf } from './hls/rungs.js';
import { spriteCues, spriteGrid } from './sprite-grid.js';

const GOOD: Look = { atMs: 4_000, blur: 2, entropy: 0.9, brightness: 120 };

test('a picture that is sharp and full stands for the film, unless something lies over it', () => {
  const blurred = { ...GOOD, atMs: 0, blur: 9 };
  const empty = { ...GOOD, atMs: 8_000, entropy: 0.2 };
  const dark = { ...GOOD, atMs: 12_000, brightness: 10 };
  const looks = [blurred, GOOD, empty, dark];
  expect(bestLook(looks, [])).toBe(GOOD);
  expect(bestLook(looks, [{ startMs: 3_500, endMs: 4_500 }])).not.toBe(GOOD);
  expect(bestLook(looks, [{ startMs: 0, endMs: 60_000 }])).toBeUndefined();
  expect(bestLook([GOOD, { ...GOOD, atMs: 9_000 }], [])).toBe(GOOD);
  expect(worthOf({ ...GOOD, blur: Number.NaN })).toBeGreaterThanOrEqual(0);
});

test('small pictures cover the film without a gap, a hundred at most, inside of their sheet', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 40, max: 1_800_000 }),
      fc.constantFrom([1_920, 1_080], [1_080, 1_920], [1_080, 1_080], [128, 72]),
      (durationMs, [widthPx = 0, heightPx = 0]) => {
        const grid = spriteGrid(durationMs, { widthPx, heightPx });
        expect(grid.count).toBeLessThanOrEqual(100);
        expect(grid.count * grid.everyS * 1_000).toBeGreaterThanOrEqual(durationMs);
        expect((grid.count - 1) * grid.everyS * 1_000).toBeLessThan(durationMs);
        expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(grid.count);
        const cues = spriteCues(grid, durationMs, 'sprites.jpg');
        expect(cues.match(/#xywh=/g)).toHaveLength(grid.count);
      },
    ),
  );
});

test.each([
  [1_920, 1_080, ['1080p', '720p', '480p']],
  [1_080, 1_920, ['1080p', '720p', '480p']],
  [2_560, 1_440, ['1440p', '1080p', '720p']],
  [640, 360, ['360p', '270p', '180p']],
])('a film of %i × %i is offered in three sizes', (widthPx, heightPx, names) => {
  const rungs = rungsOf({ widthPx, heightPx });
  expect(rungs.map(({ name }) => name)).toEqual(names);
  for (const rung of rungs) expect([rung.widthPx % 2, rung.heightPx % 2]).toEqual([0, 0]);
});
