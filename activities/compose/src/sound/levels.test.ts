import { expect, test } from 'vitest';
import type { Sound } from '@aura/proto';
import { SAMPLE_RATE_HZ } from '../film-constants.js';
import { DUCK_DB, ducking, fading, gainOf } from './levels.js';

const SECOND = SAMPLE_RATE_HZ;
const MUSIC: Sound = {
  kind: 'music',
  start: 0,
  frames: 0,
  mood: 'calm',
  gainDb: 0,
  fadeIn: 0,
  fadeOut: 0,
  duck: true,
  loop: true,
};

test('music has given way when the first word comes, stays down, and takes its time to come back', () => {
  const level = ducking([{ from: 2 * SECOND, to: 5 * SECOND }]);
  const dbAt = (seconds: number) => 20 * Math.log10(level(seconds * SECOND));
  const heard = [0, 1.6, 1.8, 2, 3, 5, 5.29, 5.8, 6.5, 9].map((at) => Math.round(dbAt(at)));
  expect(heard).toEqual([0, 0, -5, DUCK_DB, DUCK_DB, DUCK_DB, DUCK_DB, -8, 0, 0]);
});

test('it moves by less than a decibel in ten milliseconds, also between sentences close to each other', () => {
  const level = ducking([
    { from: SECOND, to: 2 * SECOND },
    { from: 3.5 * SECOND, to: 4 * SECOND },
    { from: 5.4 * SECOND, to: 6 * SECOND },
  ]);
  let before = 1;
  for (let at = 0; at < 8 * SECOND; at += 480) {
    const now = level(at);
    expect(Math.abs(20 * Math.log10(now / before))).toBeLessThan(1);
    before = now;
  }
});

test('under speech it lies more than 20 dB below it, whether it gives way or not (WCAG 1.4.7)', () => {
  const speech = { ownLufs: -20, speechLufs: -23 };
  for (const duck of [true, false]) {
    const db = 20 * Math.log10(gainOf({ ...MUSIC, duck }, speech)) + (duck ? DUCK_DB : 0);
    expect(-20 + db).toBeLessThan(-23 - 20);
  }
  expect(gainOf({ ...MUSIC, gainDb: 6 }, speech) / gainOf(MUSIC, speech)).toBeCloseTo(1.995, 2);
});

test('a fade begins and ends at nothing and reaches all of it', () => {
  const fade = fading(1_000, { fadeIn: 100, fadeOut: 300 });
  expect([0, 50, 100, 699, 850, 1_000].map((at) => Number(fade(at).toFixed(2)))).toEqual([
    0, 0.5, 1, 1, 0.5, 0,
  ]);
});
