import { expect, test } from 'vitest';
import { invalidInput } from '../problem/invalid-input.js';
import { generateRequest } from './generate-request.js';
import { orderFrom } from './order.js';

const orderOf = (approvals: unknown) => {
  return orderFrom(generateRequest.parse({ brief: 'The sea', options: { approvals } }));
};

test('a job waits where its request says so, for a week unless it says how long, and is canceled then unless it says what', () => {
  const week = 7 * 24 * 60 * 60_000;
  expect(orderOf([{ at: 'script' }]).approvals).toEqual([
    { at: 'script', deadlineMs: week, onDeadline: 'cancel' },
  ]);
  const wish = { at: 'budget', deadlineMinutes: 2, onDeadline: 'approve', remindMinutes: 0.5 };
  expect(orderOf([wish]).approvals).toEqual([
    { at: 'budget', deadlineMs: 120_000, onDeadline: 'approve', remindMs: 30_000 },
  ]);
  for (const none of [[], null, undefined]) expect(orderOf(none)).not.toHaveProperty('approvals');
});

test('a request names what is wrong with its approvals', () => {
  const wrong = (approvals: unknown, more: object = {}) => {
    const body = { brief: 'The sea', ...more, options: { approvals } };
    const { error } = generateRequest.safeParse(body);
    return error ? invalidInput(error.issues).fields.map(({ field }) => field) : [];
  };
  const list = 'options.approvals';
  expect(wrong([{ at: 'film' }])).toEqual([`${list}[0].at`]);
  expect(wrong([{ at: 'script' }, { at: 'script' }])).toEqual([list]);
  expect(wrong([{ at: 'script', deadlineMinutes: 0 }])).toEqual([`${list}[0].deadlineMinutes`]);
  const late = { at: 'script', deadlineMinutes: 5, remindMinutes: 5 };
  expect(wrong([late])).toEqual([`${list}[0].remindMinutes`]);
  const timeline = { timeline: { visuals: [{ frames: 40, colour: '#203040' }] } };
  expect(wrong([{ at: 'script' }], timeline)).toContain(list);
  expect(wrong([{ at: 'budget' }], timeline)).toEqual([]);
});
