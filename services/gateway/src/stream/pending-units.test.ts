import { expect, test } from 'vitest';
import { liveMessage, type PendingUnit } from './pending-units.js';

const unit = (name: PendingUnit['unit'], detail: string, waits = false): PendingUnit => ({
  unit: name,
  percent: 5,
  detail,
  waits,
});

test('the words are those of the unit that holds the film up', () => {
  const units = [unit('encodeSegment', 'encoding'), unit('narrateScene', 'speaking')];
  expect(liveMessage(units)).toBe('speaking');
  expect(liveMessage([unit('narrateScene', '')])).toBeUndefined();
});

test('what waits is told only where nothing is in work', () => {
  const waiting = unit('narrateScene', 'waiting for a worker', true);
  expect(liveMessage([waiting, unit('encodeSegment', 'encoding')])).toBe('encoding');
  expect(liveMessage([waiting])).toBe('waiting for a worker');
});
