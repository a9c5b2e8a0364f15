import fc from 'fast-check';
import { STAGES, STEPS } from '@aura/proto';

const step = fc.record({
  step: fc.constantFrom(...STEPS.map(({ name }) => name as string), 'unknown'),
  state: fc.constantFrom('pending', 'running', 'succeeded', 'failed', 'skipped', 'odd'),
  percent: fc.integer({ min: -10, max: 110 }),
  message: fc.constantFrom('', 'scene 3'),
});
const advance = fc.record({
  call: fc.constant('advance' as const),
  percent: fc.integer({ min: -10, max: 120 }),
  stage: fc.constantFrom(...STAGES.map(({ name }) => name as string), 'unknown'),
  message: fc.constantFrom('', 'narrating', 'drawing\u0000'),
  scenesDone: fc.nat(12),
  scenesTotal: fc.nat(12),
  steps: fc.array(step, { maxLength: 4 }),
  warnings: fc.array(
    fc.record({
      code: fc.constantFrom('Shorter', 'VoiceMapped'),
      message: fc.constantFrom('a', 'b'),
      stage: fc.constant('voice'),
      sceneId: fc.constantFrom('', 's01'),
    }),
    { maxLength: 2 },
  ),
  replacements: fc.array(
    fc.record({
      stage: fc.constant('voice'),
      sceneId: fc.constantFrom('s01', 's02'),
      unit: fc.constant('narrateScene'),
      asked: fc.constant('elevenlabs'),
      used: fc.constantFrom('piper', 'flite'),
      code: fc.constant('API_ERROR'),
      reason: fc.constantFrom('down', 'down\u0000'),
    }),
    { maxLength: 2 },
  ),
});
const finish = fc.record({
  call: fc.constant('finish' as const),
  state: fc.constantFrom('succeeded', 'failed', 'canceled'),
});
const question = fc.record({
  call: fc.constant('ask' as const),
  askedAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-01-01T00:00:01.000Z'),
});
const decision = fc.record({ call: fc.constant('decide' as const), rejected: fc.boolean() });
/** One report of a workflow, sensible or not, or a wish of its user. */
export const anyCall = fc.oneof(
  { weight: 6, arbitrary: advance },
  { weight: 1, arbitrary: fc.constant({ call: 'begin' as const }) },
  { weight: 1, arbitrary: fc.constant({ call: 'cancel' as const }) },
  { weight: 1, arbitrary: finish },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ call: 'pause' as const }, { call: 'resume' as const }),
  },
  { weight: 1, arbitrary: question },
  { weight: 1, arbitrary: decision },
);
export type Call = typeof anyCall extends fc.Arbitrary<infer T> ? T : never;
