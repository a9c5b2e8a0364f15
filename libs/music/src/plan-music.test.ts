import { expect, test } from 'vitest';
import fc from 'fast-check';
import { SCALES } from './harmony.js';
import { MOOD_STYLES, MOODS } from './moods.js';
import { planMusic } from './plan-music.js';
import { notesOf } from './score.js';
import { SAMPLE_RATE_HZ } from './sound-stream.js';

const ORDERS = fc.record({
  mood: fc.constantFrom(...MOODS),
  seed: fc.string({ maxLength: 12 }),
  samples: fc.integer({ min: 1, max: 10 * 60 * SAMPLE_RATE_HZ }),
});

test('whole bars at a pace of the mood, and the last chord in time', () => {
  fc.assert(
    fc.property(ORDERS, (order) => {
      const { bars, barSamples } = planMusic(order);
      const pace = (240 * SAMPLE_RATE_HZ) / barSamples;
      const [least, most] = MOOD_STYLES[order.mood].tempo;
      expect(pace).toBeGreaterThan(least * 0.92);
      expect(pace).toBeLessThan(most * 1.08);
      expect(bars.at(-1)?.part).toBe('end');
      expect(bars.filter(({ part }) => part === 'end')).toHaveLength(1);
      expect((bars.length - 1) * barSamples).toBeLessThanOrEqual(order.samples);
    }),
    { numRuns: 60 },
  );
});

test('every note is one of its chord, every chord one of the key, and begins in its bar', () => {
  fc.assert(
    fc.property(ORDERS, fc.nat(), (order, which) => {
      const plan = planMusic(order);
      const index = which % plan.bars.length;
      const chord = new Set(plan.bars[index]?.chord.map((pitch) => pitch % 12));
      const key = SCALES[plan.key.scale].map((step) => (plan.key.root + step) % 12);
      for (const tone of chord) expect(key).toContain(tone);
      for (const { sound, at } of notesOf(plan, index)) {
        expect(at).toBeGreaterThanOrEqual(index * plan.barSamples);
        expect(at).toBeLessThan((index + 1) * plan.barSamples);
        if (sound.kind === 'note') expect(chord.has(sound.pitch % 12)).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
});
