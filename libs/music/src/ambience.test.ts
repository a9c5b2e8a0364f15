import { expect, test } from 'vitest';
import { AMBIENCE_LUFS, AMBIENCES, playAmbience } from './ambience.js';
import { EFFECTS, playEffect } from './effects.js';
import { loudnessMeter } from './loudness-meter.js';
import { SAMPLE_RATE_HZ } from './sound-stream.js';
import { highestStep, rendered, rms } from './testing.test-kit.js';

test.each(AMBIENCES)('%s goes on evenly, as loud as it says, on two sides', (ambience) => {
  const samples = 12 * SAMPLE_RATE_HZ;
  const { left, right } = rendered(playAmbience(ambience, 'a film'), samples);
  const meter = loudnessMeter();
  meter.add(left, right);
  expect(Math.abs(meter.loudnessLufs() - AMBIENCE_LUFS)).toBeLessThan(2.5);
  expect(meter.peak()).toBeLessThan(0.7);
  for (let at = 0; at < samples; at += SAMPLE_RATE_HZ) {
    expect(rms(left, at, at + SAMPLE_RATE_HZ)).toBeGreaterThan(0.1 * rms(left));
  }
  expect(rms(left.map((value, index) => value - (right[index] ?? 0)))).toBeGreaterThan(
    0.5 * rms(left),
  );
});

test.each(EFFECTS)(
  '%s begins and ends without a click, and is over within three seconds',
  (effect) => {
    const { left, right } = rendered(playEffect(effect), 4 * SAMPLE_RATE_HZ);
    expect(Math.max(rms(left), rms(right))).toBeGreaterThan(0.001);
    expect(Math.abs(left[0] ?? 1)).toBeLessThan(0.01);
    expect(rms(left, 3.6 * SAMPLE_RATE_HZ)).toBeLessThan(1e-3);
    expect(highestStep(left, 3 * SAMPLE_RATE_HZ)).toBeLessThan(0.01);
  },
);
