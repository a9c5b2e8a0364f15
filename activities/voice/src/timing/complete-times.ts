import type { Interval } from '../voice-provider.js';

/**
 * Gives every word a time. Words without one that say something (weight > 0) were spoken together with
 * the word before them (after them at the start) and share its time by weight; words that say nothing
 * (emoji, dashes) are shown for no time at the end of the word before. Times never run backwards.
 */
export function completeTimes(
  told: readonly (Interval | undefined)[],
  weights: readonly number[],
  span: Interval,
): Interval[] {
  const times: (Interval | undefined)[] = [...told];
  for (let index = 0; index < times.length; index += 1) {
    if (times[index] === undefined) continue;
    let to = index + 1;
    while (to < times.length && times[to] === undefined) to += 1;
    const from = times.slice(0, index).every((time) => time === undefined) ? 0 : index;
    share(times, weights, { from, to, owner: index });
    index = to - 1;
  }
  if (!times.some(Boolean)) {
    times[0] = { ...span };
    share(times, weights, { from: 0, to: times.length, owner: 0 });
  }
  return inOrder(times.map((time) => time ?? span));
}

function share(
  times: (Interval | undefined)[],
  weights: readonly number[],
  { from, to, owner }: { from: number; to: number; owner: number },
): void {
  const whole = times[owner];
  if (!whole || to - from === 1) return;
  const weightOf = (index: number) => Math.max(weights[index] ?? 0, index === owner ? 0.001 : 0);
  let total = 0;
  for (let index = from; index < to; index += 1) total += weightOf(index);
  let before = 0;
  const lengthMs = whole.endMs - whole.startMs;
  for (let index = from; index < to; index += 1) {
    const startMs = whole.startMs + (lengthMs * before) / total;
    before += weightOf(index);
    times[index] = { startMs, endMs: whole.startMs + (lengthMs * before) / total };
  }
}

function inOrder(times: Interval[]): Interval[] {
  let reachedMs = 0;
  return times.map(({ startMs, endMs }) => {
    const start = Math.max(reachedMs, startMs);
    reachedMs = start;
    return { startMs: start, endMs: Math.max(start, endMs) };
  });
}
