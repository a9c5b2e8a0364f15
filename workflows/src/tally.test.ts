import { expect, test } from 'vitest';
import fc from 'fast-check';
import { NOTHING_DONE, percentOf, stageOf, stepsOf, type Tally } from './tally.js';

const all: Tally = {
  preflight: true,
  script: true,
  scenes: 3,
  narrated: 3,
  drawn: 3,
  encoding: 3,
  encoded: 3,
  assembled: true,
};

test('nothing done is 0 %, everything done is 99 %: 100 is for the job that has succeeded', () => {
  expect(percentOf(NOTHING_DONE)).toBe(0);
  expect(percentOf(all)).toBe(99);
});

test('weights of the stages: after brief and script 25 %, after all voices 50 %, after all pictures 80 %', () => {
  const written = { ...NOTHING_DONE, preflight: true, script: true, scenes: 4 };
  expect(percentOf(written)).toBe(25);
  expect(percentOf({ ...written, narrated: 4 })).toBe(50);
  expect(percentOf({ ...written, narrated: 4, drawn: 4 })).toBe(80);
});

test('pictures that are ready first do not complete their stage before the voices do', () => {
  const steps = stepsOf({ ...all, narrated: 2, encoded: 0, assembled: false });
  const stateOf = (step: string) => steps.find((change) => change.step === step)?.state;
  expect(stateOf('narration')).toBe('running');
  expect(stateOf('broll')).toBe('running');
  expect(stageOf({ ...all, narrated: 2, encoded: 0, assembled: false })).toBe('voice');
});

test('more done never means fewer percent', () => {
  const tally = fc.record({
    preflight: fc.boolean(),
    script: fc.boolean(),
    scenes: fc.constant(5),
    narrated: fc.nat(4),
    drawn: fc.nat(4),
    encoding: fc.nat(4),
    encoded: fc.nat(4),
    assembled: fc.boolean(),
  });
  fc.assert(
    fc.property(tally, fc.constantFrom('narrated', 'drawn', 'encoded'), (before, what) => {
      const after = { ...before, [what]: before[what] + 1 };
      expect(percentOf(after)).toBeGreaterThanOrEqual(percentOf(before));
    }),
  );
});
