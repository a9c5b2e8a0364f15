import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Checkpoint } from '@aura/work';
import type { UnitName } from '@aura/proto';
import { within } from './wait.js';

/** A worker says that a unit of work has come this far, and waits for the answer. */
export interface Arrival {
  checkpoint: Checkpoint;
  unit: UnitName;
  key: string;
  pid: number;
  attempt: number;
  workflowId: string;
  activityId: string;
  /** When it arrived here. */
  atMs: number;
}

export type Match = Partial<Arrival>;

/** One arrival that is to be stopped. `during` is told in passing: the work goes on while it is held. */
export interface Hold {
  /** Resolves with the first arrival that matches. */
  reached(withinMs?: number): Promise<Arrival>;
  /** Lets it go on; before it has arrived: does not stop it. */
  release(): void;
}

/**
 * The counter outside of every process that gets killed, and the barrier at which they are killed: all
 * workers of a stack report their checkpoints here and go on only when they get an answer.
 */
export interface Barrier {
  readonly url: string;
  /** Every arrival so far, in order. */
  readonly arrivals: readonly Arrival[];
  /** Stops the next arrival that matches. One arrival is stopped by one hold at most. */
  hold(match: Match): Hold;
  releaseAll(): void;
  /** From now on nobody who arrives is seen or let go, until `resume`: time to say what is to be held. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

interface Waiting extends Hold {
  match: Match;
  arrive(arrival: Arrival, response: ServerResponse): void;
}

export async function openBarrier(): Promise<Barrier> {
  const arrivals: Arrival[] = [];
  const expected: Waiting[] = [];
  const held: Waiting[] = [];
  let outside: [Arrival, ServerResponse][] | undefined;
  const server = createServer((request, response) => {
    void json(request).then((body) => meet({ ...(body as Arrival), atMs: Date.now() }, response));
  });
  const meet = (arrival: Arrival, response: ServerResponse) => {
    if (outside) outside.push([arrival, response]);
    else arrive(arrival, response);
  };
  const arrive = (arrival: Arrival, response: ServerResponse) => {
    arrivals.push(arrival);
    const index = expected.findIndex(({ match }) => matches(arrival, match));
    const [hold] = index < 0 ? [] : expected.splice(index, 1);
    if (!hold) {
      response.end();
      return;
    }
    held.push(hold);
    hold.arrive(arrival, response);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    arrivals,
    hold: (match) => {
      const hold = createHold(match);
      expected.push(hold);
      return hold;
    },
    releaseAll: () => {
      for (const hold of [...expected.splice(0), ...held.splice(0)]) hold.release();
    },
    pause: () => (outside ??= []),
    resume: () => {
      const waiting = outside ?? [];
      outside = undefined;
      for (const [arrival, response] of waiting) arrive(arrival, response);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function matches(arrival: Arrival, match: Match): boolean {
  return Object.entries(match).every(([name, value]) => arrival[name as keyof Arrival] === value);
}

function createHold(match: Match): Waiting {
  let response: ServerResponse | undefined;
  let released = false;
  let resolveReached: (arrival: Arrival) => void;
  const reached = new Promise<Arrival>((resolve) => (resolveReached = resolve));
  return {
    match,
    arrive: (arrival, its) => {
      response = its;
      if (released) its.end();
      resolveReached(arrival);
    },
    reached: (withinMs = 30_000) =>
      within(`a worker reaches ${JSON.stringify(match)}`, reached, withinMs),
    release: () => {
      released = true;
      response?.end();
    },
  };
}

/** What has happened to one piece of work, over all its attempts and all films. */
export interface WorkCount {
  key: string;
  unit: string;
  begun: number;
  recorded: number;
  /** How often it was begun although its result was recorded. */
  begunAfterRecorded: number;
}

export function countsOf(arrivals: readonly Arrival[]): WorkCount[] {
  const counts = new Map<string, WorkCount>();
  for (const { key, unit, checkpoint } of arrivals) {
    const count = counts.get(key) ?? { key, unit, begun: 0, recorded: 0, begunAfterRecorded: 0 };
    counts.set(key, count);
    if (checkpoint === 'recorded') count.recorded += 1;
    if (checkpoint !== 'before') continue;
    count.begun += 1;
    if (count.recorded > 0) count.begunAfterRecorded += 1;
  }
  return [...counts.values()];
}
