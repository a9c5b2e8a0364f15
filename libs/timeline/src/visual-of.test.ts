import { expect, test } from 'vitest';
import { renderAt, shotOf } from './testing/films.js';
import { visualOf } from './visual-of.js';

const render = renderAt({ numerator: 30, denominator: 1 });

function shownOf(toMs: number, { loop = true, frames = 300 } = {}) {
  const video = { sha256: 'b'.repeat(64), bytes: 1, mediaType: 'video/mp4' };
  const shot = shotOf(0, frames);
  const clip = { video, fromMs: 0, toMs, speed: 1, loop };
  const picture = { ...shot.picture, clip };
  return visualOf({ ...shot, picture }, { render }, { start: 0, isFirst: true });
}

test('the clip of a picture is shown instead of it, and moves by itself alone', () => {
  const visual = shownOf(20_000);
  expect(visual.source).toMatchObject({ clip: { toMs: 20_000, speed: 1 }, colour: '' });
  expect(visual.source?.image).toBeUndefined();
  expect(visual.motion).toBeUndefined();
});

test('a clip that is a little too short is slowed down until it lasts, and a shorter one begins anew', () => {
  const speedOf = (...given: Parameters<typeof shownOf>) => shownOf(...given).source?.clip?.speed;
  expect(speedOf(9_500)).toBe(0.9);
  expect(9_500 / 0.9).toBeGreaterThan(10_500);
  expect([speedOf(5_000), speedOf(10_500), speedOf(60_000)]).toEqual([1, 1, 1]);
  expect(speedOf(9_500, { loop: false })).toBe(1);
});
