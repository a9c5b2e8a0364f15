import { expect, test } from 'vitest';
import fc from 'fast-check';
import {
  admit,
  BREAKER_RULES,
  CLOSED,
  settle,
  waitMs,
  type Admission,
  type Breaker,
  type CallEnding,
} from './breaker.js';

/** A breaker with a clock that is moved by hand, as a process would hold it. */
class Held {
  breaker: Breaker = CLOSED;
  nowMs = 0;

  enter(): Admission | undefined {
    const { breaker, admission } = admit(this.breaker, this.nowMs);
    this.breaker = breaker;
    return admission;
  }

  leave(admission: Admission, ending: CallEnding): void {
    this.breaker = settle(this.breaker, { admission, ending, nowMs: this.nowMs });
  }

  call(ending: CallEnding): boolean {
    const admission = this.enter();
    if (admission) this.leave(admission, ending);
    return admission !== undefined;
  }
}

const opened = () => {
  const held = new Held();
  for (let count = 0; count < 5; count += 1) held.call('failure');
  return held;
};

test('five failures in a row open it, for sixty seconds', () => {
  const held = new Held();
  for (let count = 0; count < 4; count += 1) expect(held.call('failure')).toBe(true);
  expect(held.breaker.state).toBe('closed');
  held.call('failure');
  expect(held.breaker.state).toBe('open');
  expect(waitMs(held.breaker, held.nowMs)).toBe(60_000);
  held.nowMs = 59_999;
  expect(held.call('success')).toBe(false);
  held.nowMs = 60_000;
  expect(held.call('success')).toBe(true);
});

test('a success between failures begins the count anew', () => {
  const held = new Held();
  for (let count = 0; count < 4; count += 1) held.call('failure');
  held.call('success');
  for (let count = 0; count < 4; count += 1) held.call('failure');
  expect(held.breaker.state).toBe('closed');
});

test('4xx, cancels and probes never open it, and never close it', () => {
  const held = new Held();
  for (let count = 0; count < 1_000; count += 1) held.call('neutral');
  expect(held.breaker).toEqual(CLOSED);
  const half = opened();
  half.nowMs = 60_000;
  for (let count = 0; count < 10; count += 1) expect(half.call('neutral')).toBe(true);
  expect(half.breaker.state).toBe('half-open');
});

test('half open it lets one trial through at a time; two successes close it', () => {
  const held = opened();
  held.nowMs = 60_000;
  const trial = held.enter();
  expect(held.enter()).toBeUndefined();
  held.leave(trial as Admission, 'success');
  expect(held.breaker.state).toBe('half-open');
  expect(held.call('success')).toBe(true);
  expect(held.breaker.state).toBe('closed');
});

test('one failure of a trial opens it for another sixty seconds', () => {
  const held = opened();
  held.nowMs = 60_000;
  held.call('success');
  held.call('failure');
  expect(waitMs(held.breaker, held.nowMs)).toBe(60_000);
});

test('calls that began before it opened change nothing when they end after', () => {
  const held = new Held();
  const late = Array.from({ length: 8 }, () => held.enter() as Admission);
  for (const admission of late.slice(0, 5)) held.leave(admission, 'failure');
  const { breaker } = held;
  expect(breaker.state).toBe('open');
  for (const admission of late.slice(5)) held.leave(admission, 'success');
  expect(held.breaker).toBe(breaker);
  held.nowMs = 60_000;
  held.call('success');
  held.leave(late[5] as Admission, 'failure');
  expect(held.breaker.state).toBe('half-open');
});

type Step =
  | { kind: 'enter' }
  | { kind: 'leave'; which: number; ending: CallEnding }
  | { kind: 'wait'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ kind: 'enter' }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('leave' as const),
      which: fc.nat(),
      ending: fc.constantFrom<CallEnding>('success', 'failure', 'failure', 'neutral'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(90_000) }) },
);

/** The rules said in another way: a list of what was observed, from which the state follows. */
class Model {
  state: 'closed' | 'open' | 'half-open' = 'closed';
  openedAtMs = 0;
  row = 0;
  wins = 0;
  era = 0;
  trialOut = false;

  mayEnter(nowMs: number): boolean {
    if (this.state === 'open' && nowMs - this.openedAtMs >= BREAKER_RULES.openMs)
      this.turn('half-open');
    if (this.state === 'half-open' && !this.trialOut) return (this.trialOut = true);
    return this.state === 'closed';
  }

  left(era: number, ending: CallEnding, nowMs: number): void {
    if (era !== this.era) return;
    this.trialOut = false;
    if (ending === 'failure') this.row += 1;
    if (ending === 'success') [this.row, this.wins] = [0, this.wins + 1];
    if (this.state === 'closed' && this.row >= BREAKER_RULES.failures) this.open(nowMs);
    else if (this.state === 'half-open' && ending === 'failure') this.open(nowMs);
    else if (this.state === 'half-open' && this.wins >= BREAKER_RULES.successes)
      this.turn('closed');
  }

  private open(nowMs: number): void {
    this.openedAtMs = nowMs;
    this.turn('open');
  }

  private turn(state: 'closed' | 'open' | 'half-open'): void {
    this.era += 1;
    Object.assign(this, { state, row: 0, wins: 0, trialOut: false });
  }
}

test('whatever happens in whatever order, it does what its rules say, through all states', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
      const held = new Held();
      const model = new Model();
      const inside: { admission: Admission; era: number }[] = [];
      for (const one of steps) {
        if (one.kind === 'wait') held.nowMs += one.ms;
        if (one.kind === 'enter') {
          const mayEnter = model.mayEnter(held.nowMs);
          const admission = held.enter();
          expect(admission !== undefined).toBe(mayEnter);
          if (admission) inside.push({ admission, era: model.era });
        }
        if (one.kind === 'leave' && inside.length > 0) {
          const [left] = inside.splice(one.which % inside.length, 1);
          if (!left) continue;
          held.leave(left.admission, one.ending);
          model.left(left.era, one.ending, held.nowMs);
        }
        expect(held.breaker.state).toBe(model.state);
        reached.add(model.state);
      }
    }),
    { numRuns: 500 },
  );
  expect([...reached].toSorted()).toEqual(['closed', 'half-open', 'open']);
});
