import { expect, test } from 'vitest';
import fc from 'fast-check';
import { unitKey, type UnitInputs } from './unit-key.js';

const base: UnitInputs = {
  tenant: 'local',
  unit: 'narrateScene',
  provider: 'flite',
  recipe: 1,
  inputs: { text: 'Hello.', voice: { id: 'slt', language: 'en' } },
};

test('the order of members does not change the key', () => {
  const reordered = { text: 'Hello.', voice: { language: 'en', id: 'slt' } };
  expect(unitKey({ ...base, inputs: reordered })).toBe(unitKey(base));
});

test('every value changes the key', () => {
  const changed: UnitInputs[] = [
    { ...base, tenant: 'other' },
    { ...base, unit: 'measurePace' },
    { ...base, provider: 'espeak-ng' },
    { ...base, recipe: 2 },
    { ...base, take: 2 },
    { ...base, inputs: { text: 'Hello!', voice: { id: 'slt', language: 'en' } } },
  ];
  expect(new Set([base, ...changed].map(unitKey)).size).toBe(changed.length + 1);
});

test('different inputs never share a key', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const same = unitKey({ ...base, inputs: a }) === unitKey({ ...base, inputs: b });
      expect(same).toBe(JSON.stringify(a) === JSON.stringify(b) || deepEqual(a, b));
    }),
  );
});

function deepEqual(a: unknown, b: unknown): boolean {
  try {
    expect(a).toEqual(b);
    return true;
  } catch {
    return false;
  }
}
