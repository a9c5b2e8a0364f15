import { expect, test } from 'vitest';
import { lastEventId } from './last-event-id.js';

const request = (header?: string, query: Record<string, string | string[]> = {}) => ({
  headers: header === undefined ? {} : { 'last-event-id': header },
  query,
});

test('the header counts before the parameter, and what this job never gave is nothing seen', () => {
  expect(lastEventId(request('4', { lastEventId: '2' }), 9)).toBe(4);
  expect(lastEventId(request(undefined, { lastEventId: '2' }), 9)).toBe(2);
  expect(lastEventId(request('', { lastEventId: '2' }), 9)).toBe(2);
  for (const none of [request(), request(''), request('10'), request('9'.repeat(400))]) {
    expect(lastEventId(none, 9)).toBe(0);
  }
});

test('what is no number is refused by the name under which it came, and not replayed from the start', () => {
  for (const odd of ['abc', '-1', '1.5', '0x1', '1e1', '٣']) {
    expect(() => lastEventId(request(odd), 9)).toThrow('Last-Event-ID must be');
    const asked = request(undefined, { lastEventId: odd });
    expect(() => lastEventId(asked, 9)).toThrow('lastEventId must be');
  }
  const twice = request(undefined, { lastEventId: ['1', '2'] });
  expect(() => lastEventId(twice, 9)).toThrow('lastEventId must be');
});
