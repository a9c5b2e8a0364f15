import { expect, test } from 'vitest';
import type { Maker, Replacement } from '@aura/proto';
import { asMade } from './downgrades.js';

const chains = {
  script: ['anthropic', 'openai-compatible', 'rule-based'],
  voice: ['elevenlabs', 'flite'],
  visuals: ['stock', 'cards'],
};
const lineOf = (line: Partial<Replacement>): Replacement => ({
  stage: 'script',
  sceneId: '',
  unit: '',
  asked: 'openai',
  used: 'anthropic',
  code: 'AUTH_FAILED',
  reason: 'the key was refused',
  ...line,
});
const by = (provider: string, stage: keyof typeof chains = 'script', sceneId = ''): Maker => ({
  stage,
  sceneId,
  provider,
});
const usedIn = (lines: Replacement[], makers: Maker[]) =>
  asMade(lines, { making: { chains, makers } }).map(({ asked, used }) => [asked, used]);

test('who was left out at the start is replaced by who did the work, not by who came next and failed', () => {
  const unit = { unit: 'writeScript', asked: 'anthropic', used: 'openai-compatible' };
  const lines = [lineOf({}), lineOf({ ...unit, code: 'BUDGET_EXCEEDED' })];
  expect(usedIn(lines, [by('openai-compatible')])).toEqual([
    ['openai', 'openai-compatible'],
    ['anthropic', 'openai-compatible'],
  ]);
  const voice = lineOf({ stage: 'voice', asked: 'openai', used: 'elevenlabs' });
  const scenes = [by('flite', 'voice', 's01'), by('flite', 'voice', 's02')];
  expect(usedIn([voice], scenes)).toEqual([['openai', 'flite']]);
});

test('who came next stays named where it made any of it, and as long as nobody has', () => {
  const line = lineOf({ stage: 'visuals', used: 'stock' });
  const some = [by('cards', 'visuals', 's01'), by('stock', 'visuals', 's02')];
  expect(usedIn([line], some)).toEqual([['openai', 'stock']]);
  expect(usedIn([line], [by('anthropic')])).toEqual([['openai', 'stock']]);
  expect(asMade([line], {})).toEqual([line]);
});

test('a scene’s line stays as it was noted; of a script that was written anew nothing is told', () => {
  const scene = lineOf({ stage: 'voice', unit: 'narrateScene', sceneId: 's01', used: 'flite' });
  expect(usedIn([scene], [by('elevenlabs', 'voice', 's02')])).toEqual([['openai', 'flite']]);
  const first = lineOf({ unit: 'writeScript', asked: 'anthropic', used: 'rule-based' });
  expect(usedIn([first], [by('anthropic')])).toEqual([]);
});

test('nobody is said to have replaced anyone where the user brought it all', () => {
  expect(usedIn([lineOf({})], [by('own')])).toEqual([]);
});
