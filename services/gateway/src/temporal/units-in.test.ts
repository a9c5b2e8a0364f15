import { expect, test } from 'vitest';
import { defaultPayloadConverter } from '@temporalio/common';
import { unitsIn } from './units-in.js';

/** As Temporal's API numbers them. */
const [SCHEDULED, STARTED, CANCEL_REQUESTED] = [1, 2, 3];

function activity(name: string, state: number, attempt = 1, detail = 'speaking') {
  const payloads = [defaultPayloadConverter.toPayload({ percent: 60, detail, failures: 0 })];
  return { activityType: { name }, state, attempt, heartbeatDetails: { payloads } };
}

test('what a worker says is told while it has the work', () => {
  const working = { unit: 'narrateScene', percent: 60, detail: 'speaking', waits: false };
  expect(unitsIn([activity('narrateScene', STARTED)])).toEqual([working]);
  expect(unitsIn([activity('narrateScene', CANCEL_REQUESTED)])).toEqual([working]);
});

test('what a dead worker said last is not told while its work waits for the next', () => {
  expect(unitsIn([activity('narrateScene', SCHEDULED, 2)])).toEqual([
    { unit: 'narrateScene', percent: 0, detail: 'waiting for a worker, attempt 2', waits: true },
  ]);
});

test('what nobody has begun waits; what is no unit of work, or says nothing yet, is left out', () => {
  const fresh = { activityType: { name: 'encodeSegment' }, state: SCHEDULED, attempt: 1 };
  expect(unitsIn([fresh])).toMatchObject([{ percent: 0, detail: 'waiting for a worker' }]);
  expect(unitsIn([activity('advance', STARTED), { ...fresh, state: STARTED }])).toEqual([]);
});
