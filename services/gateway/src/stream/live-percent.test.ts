import { expect, test } from '@jest/globals';
import { UNITS, type UnitName } from '@aura/proto';
import fc from 'fast-check';
import { HighWater } from './high-water.js';
import { liveMessage, livePercent, type PendingUnit } from './live-percent.js';

const pending = (unit: UnitName, percent: number, detail = ''): PendingUnit => ({
  unit,
  heartbeat: { percent, detail },
});

const at = (percent: number, units: PendingUnit[]) =>
  livePercent({ percent, scenesTotal: 5 }, units);

test('what is half done counts half, within its share of the stage', () => {
  expect(at(5, [])).toBe(5);
  expect(at(5, [pending('writeScript', 50)])).toBe(14);
  expect(at(25, [pending('narrateScene', 100), pending('illustrateScene', 100)])).toBe(35);
  expect(at(94, [pending('assembleFilm', 100)])).toBe(99);
  expect(at(5, [pending('measurePace', 100)])).toBe(5);
});

test('it is never below what is recorded, and never 100', () => {
  const units = fc.array(
    fc.record({
      unit: fc.constantFrom(...(Object.keys(UNITS) as UnitName[])),
      heartbeat: fc.record({ percent: fc.double({ noNaN: true }), detail: fc.string() }),
    }),
  );
  fc.assert(
    fc.property(fc.nat(99), fc.nat(120), units, (percent, scenesTotal, all) => {
      const live = livePercent({ percent, scenesTotal }, all);
      expect(live).toBeGreaterThanOrEqual(percent);
      expect(live).toBeLessThanOrEqual(99);
      expect(Number.isInteger(live)).toBe(true);
    }),
  );
});

test('the words are those of the unit that holds the film up', () => {
  const units = [pending('encodeSegment', 5, 'encoding'), pending('narrateScene', 9, 'speaking')];
  expect(liveMessage(units)).toBe('speaking');
  expect(liveMessage([pending('narrateScene', 9)])).toBeUndefined();
});

test('the highest percentage of a job is remembered, and old jobs are forgotten first', () => {
  const marks = new HighWater();
  expect([marks.raise('a', 30), marks.raise('a', 20), marks.of('a'), marks.of('b')]).toEqual([
    30, 30, 30, 0,
  ]);
  for (let job = 0; job < 20_000; job += 1) marks.raise(String(job), 1);
  expect([marks.of('a'), marks.of('19999')]).toEqual([0, 1]);
});
