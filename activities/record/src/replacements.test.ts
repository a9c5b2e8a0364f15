import { expect, test } from 'vitest';
import type { Replacement } from '@aura/proto';
import { replacementChanges, reportChanges } from './replacements.js';

const one: Replacement = {
  stage: 'voice',
  sceneId: 's03',
  unit: 'narrateScene',
  asked: 'elevenlabs',
  used: 'flite',
  code: 'API_ERROR',
  reason: 'Service unavailable',
};

test('a report that is told again changes nothing', () => {
  expect(replacementChanges({ replacements: [] }, [one])).toEqual({ replacements: [one] });
  expect(replacementChanges({ replacements: [one] }, [one])).toEqual({});
  expect(replacementChanges({ replacements: [one] }, undefined)).toEqual({});
});

test('what is said of the same unit again takes the place of what was said before', () => {
  const again = { ...one, used: 'piper' };
  expect(replacementChanges({ replacements: [one] }, [again])).toEqual({ replacements: [again] });
});

test('every scene, and every provider that was missing from the start, has its own line', () => {
  const other = { ...one, sceneId: 's04' };
  const start = { ...one, sceneId: '', unit: '', asked: 'openai' };
  const also = { ...start, asked: 'anthropic' };
  const all = [one, other, start, also];
  expect(replacementChanges({ replacements: [one] }, all)).toEqual({ replacements: all });
});

test('the report of the whole run takes the place of what was told before: a film that was written anew has other scenes', () => {
  const other = { ...one, sceneId: 's04' };
  expect(reportChanges({ replacements: [one, other] }, [other])).toEqual({ replacements: [other] });
  expect(reportChanges({ replacements: [one] }, [])).toEqual({ replacements: [] });
  expect(reportChanges({ replacements: [one] }, [one])).toEqual({});
  expect(reportChanges({ replacements: [one] }, undefined)).toEqual({});
});
