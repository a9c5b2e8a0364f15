import { expect, test } from 'vitest';
import type { Maker } from '@aura/proto';
import { makingChanges, wholeMaking } from './making.js';

const chains = { script: ['rule-based'], voice: ['piper', 'flite'], visuals: ['cards'] };
const by = (provider: string, sceneId: string): Maker => ({ stage: 'voice', sceneId, provider });

test('the chains are kept, and who has made what is added to them', () => {
  const { making } = makingChanges({ making: null }, { chains, makers: [] });
  expect(making).toEqual({ chains, makers: [] });
  const makers = [by('piper', 's01')];
  expect(makingChanges({ making: making! }, { makers })).toEqual({ making: { chains, makers } });
});

test('what is known, and what nobody tells, is no change', () => {
  const making = { chains, makers: [by('piper', 's01')] };
  expect(makingChanges({ making }, { chains, makers: making.makers })).toEqual({});
  expect(makingChanges({ making }, undefined)).toEqual({});
  expect(wholeMaking({ making }, undefined)).toEqual({});
});

test('who makes a scene again takes the place of who made it before, and scenes that are no more go with the end', () => {
  const making = { chains, makers: [by('piper', 's01'), by('piper', 's02')] };
  const makers = [by('flite', 's01')];
  const expected = [by('flite', 's01'), by('piper', 's02')];
  expect(makingChanges({ making }, { makers }).making?.makers).toEqual(expected);
  expect(wholeMaking({ making }, { makers })).toEqual({ making: { chains, makers } });
});
