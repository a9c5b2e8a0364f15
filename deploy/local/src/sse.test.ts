import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { eventsIn } from './sse.js';

const STREAM =
  'retry: 1000\n\n: heartbeat\n\nid: 1\nevent: progress\ndata: {"a":"ä→日"}\n\nevent: done\ndata: one\ndata: two\n\n';

test('events are the same however the bytes are cut', async () => {
  const bytes = new TextEncoder().encode(STREAM);
  const cuts = fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(cuts, async (positions) => {
      expect(await all(pieces(bytes, positions))).toEqual([
        { id: '1', event: 'progress', data: '{"a":"ä→日"}' },
        { id: undefined, event: 'done', data: 'one\ntwo' },
      ]);
    }),
  );
});

async function* pieces(bytes: Uint8Array, positions: number[]): AsyncGenerator<Uint8Array> {
  const edges = [0, ...positions.toSorted((a, b) => a - b), bytes.length];
  for (let index = 1; index < edges.length; index += 1) {
    yield bytes.subarray(edges[index - 1], edges[index]);
  }
}

async function all(body: AsyncGenerator<Uint8Array>): Promise<unknown[]> {
  const events = [];
  for await (const event of eventsIn(body)) events.push(event);
  return events;
}
