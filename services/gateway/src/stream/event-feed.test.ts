import { afterEach, expect, test } from 'vitest';
import { createLog } from '@aura/telemetry';
import { setTimeout as sleep } from 'node:timers/promises';
import { progressTo } from '../testing/jobs.js';
import { EventFeed, type ReadEvents, type Subscriber } from './event-feed.js';

const log = createLog('test', 'silent');
const feeds: EventFeed[] = [];
afterEach(() => feeds.splice(0).forEach((feed) => feed.close()));

/** A table of events: `stored` numbers per job. */
function table(stored: Map<string, number>) {
  let reads = 0;
  const read: ReadEvents = async (cursors, limit) => {
    reads += 1;
    await sleep(1);
    const events = [...cursors].flatMap(([jobId, cursor]) =>
      Array.from({ length: (stored.get(jobId) ?? 0) - cursor }, (_, index) => ({
        jobId,
        seq: cursor + 1 + index,
        run: 1,
        at: new Date(),
        data: progressTo(1),
      })),
    );
    return events.slice(0, limit);
  };
  return { read, reads: () => reads };
}

function feedOver(read: ReadEvents, pollMs = 60_000): EventFeed {
  const feed = new EventFeed({ read, log, pollMs });
  feeds.push(feed);
  return feed;
}

function subscriber(cursor = 0): Subscriber & { taken: number[]; ready: boolean } {
  return {
    cursor,
    taken: [],
    ready: true,
    isReady() {
      return this.ready;
    },
    take({ seq }) {
      this.taken.push(seq);
    },
  };
}

const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** A busy machine takes a while. */
async function untilTaken(one: { taken: number[] }, count: number): Promise<void> {
  for (let tries = 0; tries < 500 && one.taken.length < count; tries += 1) await sleep(10);
}

test('one read serves all subscribers, each from where it is', async () => {
  const { read, reads } = table(new Map([['a', 9]]));
  const feed = feedOver(read);
  const all = [0, 4, 9, 7].map((cursor) => subscriber(cursor));
  for (const one of all) feed.subscribe('a', one);
  await untilTaken(all[0]!, 9);
  await untilTaken(all[3]!, 2);
  expect(all.map(({ taken }) => taken)).toEqual([upTo(9), upTo(9, 5), [], upTo(9, 8)]);
  expect(reads()).toBeLessThanOrEqual(2);
});

test('everybody has every event once and in order, whenever they come and go', async () => {
  const stored = new Map([
    ['a', 0],
    ['b', 0],
  ]);
  const feed = feedOver(table(stored).read);
  const all: { jobId: string; one: ReturnType<typeof subscriber> }[] = [];
  for (let round = 0; round < 60; round += 1) {
    const jobId = round % 3 === 0 ? 'b' : 'a';
    stored.set(jobId, (stored.get(jobId) ?? 0) + (round % 4));
    const one = subscriber();
    const stop = feed.subscribe(jobId, one);
    if (round % 5 === 0) stop();
    else all.push({ jobId, one });
    for (let wake = 0; wake < round % 3; wake += 1) feed.wake(jobId);
    await sleep(round % 4);
  }
  feed.wakeAll();
  for (const { jobId, one } of all) await untilTaken(one, stored.get(jobId)!);
  for (const { jobId, one } of all) expect(one.taken).toEqual(upTo(stored.get(jobId)!));
});

test('who cannot take more is passed over, and goes on where it stopped', async () => {
  const stored = new Map([['a', 3]]);
  const feed = feedOver(table(stored).read);
  const [slow, fast] = [subscriber(), subscriber()];
  feed.subscribe('a', slow);
  feed.subscribe('a', fast);
  await untilTaken(slow, 3);
  await untilTaken(fast, 3);
  slow.ready = false;
  stored.set('a', 8);
  feed.wake('a');
  await untilTaken(fast, 8);
  expect([slow.taken, fast.taken]).toEqual([upTo(3), upTo(8)]);
  slow.ready = true;
  feed.wake('a');
  await untilTaken(slow, 8);
  expect(slow.taken).toEqual(upTo(8));
});

test('a read that fails is repeated; what nothing announced is found by looking', async () => {
  const stored = new Map([['a', 2]]);
  const { read } = table(stored);
  let failures = 2;
  const flaky: ReadEvents = (cursors, limit) =>
    failures-- > 0 ? Promise.reject(new Error('gone')) : read(cursors, limit);
  const feed = feedOver(flaky, 30);
  const one = subscriber();
  feed.subscribe('a', one);
  await untilTaken(one, 2);
  expect(one.taken).toEqual([1, 2]);
  stored.set('a', 3);
  await untilTaken(one, 3);
  expect(one.taken).toEqual([1, 2, 3]);
});

test('more events than one read gives come in several', async () => {
  const feed = feedOver(table(new Map([['a', 4_500]])).read);
  const one = subscriber();
  feed.subscribe('a', one);
  await untilTaken(one, 4_500);
  expect(one.taken).toEqual(upTo(4_500));
});
