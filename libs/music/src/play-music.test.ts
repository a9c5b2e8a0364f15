import { beforeAll, describe, expect, test } from 'vitest';
import { SCALES } from './harmony.js';
import { loudnessMeter } from './loudness-meter.js';
import { MOODS } from './moods.js';
import { planMusic, type MusicPlan } from './plan-music.js';
import { MADE_LUFS, playMusic } from './play-music.js';
import { SAMPLE_RATE_HZ } from './sound-stream.js';
import { chromaOf, highestStep, rendered, rms, type Rendered } from './testing.test-kit.js';

const SAMPLES = 16 * SAMPLE_RATE_HZ;

describe.each(MOODS)('%s', (mood) => {
  let plan: MusicPlan;
  let heard: Rendered;
  beforeAll(async () => {
    plan = planMusic({ mood, seed: 'a film', samples: SAMPLES });
    heard = rendered(await playMusic(plan), SAMPLES);
  });

  test('is as loud as it says, never clips and has no direct current', () => {
    const meter = loudnessMeter();
    meter.add(heard.left, heard.right);
    expect(Math.abs(meter.loudnessLufs() - MADE_LUFS)).toBeLessThan(2);
    expect(meter.peak()).toBeLessThan(0.7);
    for (const side of [heard.left, heard.right]) {
      const mean = side.reduce((sum, value) => sum + value, 0) / side.length;
      expect(Math.abs(mean)).toBeLessThan(1e-3);
    }
  });

  test('stays in its key', () => {
    const energies = chromaOf(heard.left);
    const { root, scale } = plan.key;
    const inKey = SCALES[scale].map((step) => (root + step) % 12);
    const total = energies.reduce((sum, energy) => sum + energy, 0);
    const own = inKey.reduce((sum, tone) => sum + (energies[tone] ?? 0), 0);
    expect(own / total).toBeGreaterThan(0.93);
  });

  test('goes over its bars without a click, and no bar falls out of the level of the others', () => {
    const levels: number[] = [];
    for (const [index, { part }] of plan.bars.entries()) {
      const at = index * plan.barSamples;
      const around = highestStep(heard.left, at - 4_000, at + 4_000);
      expect(highestStep(heard.left, at - 2, at + 2)).toBeLessThanOrEqual(around);
      if (index > 0) expect(highestStep(heard.left, at - 2, at + 1)).toBeLessThan(0.1);
      if (part !== 'end' && part !== 'intro')
        levels.push(rms(heard.left, at, at + plan.barSamples));
    }
    expect(Math.max(...levels) / Math.min(...levels)).toBeLessThan(4);
  });

  test('is there on both sides, and they differ', () => {
    const [left, right] = [rms(heard.left), rms(heard.right)];
    expect(Math.abs(20 * Math.log10(left / right))).toBeLessThan(3);
    const difference = heard.left.map((value, index) => value - (heard.right[index] ?? 0));
    expect(rms(difference)).toBeGreaterThan(0.05 * left);
  });

  test('ends with its last chord, and in silence', () => {
    const end = rms(heard.left, SAMPLES - 2_400);
    const before = rms(heard.left, SAMPLES - 4 * SAMPLE_RATE_HZ, SAMPLES - 2 * SAMPLE_RATE_HZ);
    expect(before).toBeGreaterThan(0.01);
    expect(end).toBeLessThan(before / 4);
  });
});

test('the same order sounds the same to the sample however it is read, another seed does not', async () => {
  const order = { mood: 'upbeat' as const, seed: 'x', samples: 4 * SAMPLE_RATE_HZ };
  const first = rendered(await playMusic(planMusic(order)), order.samples);
  const again = rendered(await playMusic(planMusic(order)), order.samples, 4_801);
  const other = rendered(await playMusic(planMusic({ ...order, seed: 'y' })), order.samples);
  expect(Buffer.from(again.left.buffer).equals(Buffer.from(first.left.buffer))).toBe(true);
  expect(Buffer.from(other.left.buffer).equals(Buffer.from(first.left.buffer))).toBe(false);
});
