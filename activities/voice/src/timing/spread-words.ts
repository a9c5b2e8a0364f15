import { FRAME_MS, isHeard, type Envelope } from '../sound/envelope.js';
import type { Interval } from '../voice-provider.js';

/** Pauses from here on may be the ends of clauses; shorter ones are the closures of p, t and k. */
const CLAUSE_GAP_MS = 70;
/** How far from where its weight puts it a clause may end, in ms of heard speech. */
const CLAUSE_REACH_MS = 500;

/**
 * Times for the words of one piece where the voice does not tell. The measured speech is cut at its
 * pauses; each mark at which voices pause is put at the pause that is nearest to where the weight of the
 * words before it would have it; between two such places the words share the heard time by weight.
 */
export function spreadWords(
  words: readonly string[],
  weights: readonly number[],
  envelope: Envelope,
): Interval[] {
  let stretches = stretchesOf(envelope);
  const clauses = clausesOf(words, weights);
  const times: Interval[] = [];
  for (const [index, clause] of clauses.entries()) {
    const left = sum(clauses.slice(index).flat());
    const expectedMs = left > 0 ? (heardMs(stretches) * sum(clause)) / left : 0;
    const isLast = index === clauses.length - 1;
    const count = isLast ? stretches.length : stretchesUpTo(stretches, expectedMs);
    const own =
      count === undefined
        ? cutAt(stretches, expectedMs)
        : { before: stretches.slice(0, count), after: stretches.slice(count) };
    times.push(...sharedOut(clause, own.before));
    stretches = own.after;
  }
  return times;
}

/** Runs of heard frames with only short gaps in them. */
function stretchesOf(envelope: Envelope): Interval[] {
  const stretches: Interval[] = [];
  for (let frame = 0; frame < envelope.levels.length; frame += 1) {
    if (!isHeard(envelope, frame)) continue;
    const startMs = frame * FRAME_MS;
    const last = stretches.at(-1);
    if (last && startMs - last.endMs < CLAUSE_GAP_MS) last.endMs = startMs + FRAME_MS;
    else stretches.push({ startMs, endMs: startMs + FRAME_MS });
  }
  return stretches;
}

/** Weights of the words, cut after those that end with a mark at which voices pause. */
function clausesOf(words: readonly string[], weights: readonly number[]): number[][] {
  const clauses: number[][] = [[]];
  for (const [index, word] of words.entries()) {
    clauses.at(-1)?.push(weights[index] ?? 0);
    if (index < words.length - 1 && /[,;:.!?،؛，、；：。！？]["'”’»)]*$/u.test(word))
      clauses.push([]);
  }
  return clauses;
}

/** How many whole stretches come nearest to so much heard speech; undefined where none comes near. */
function stretchesUpTo(stretches: readonly Interval[], expectedMs: number): number | undefined {
  let best: number | undefined;
  let nearest = CLAUSE_REACH_MS;
  for (let count = 1; count < stretches.length; count += 1) {
    const off = Math.abs(heardMs(stretches.slice(0, count)) - expectedMs);
    if (off < nearest) [best, nearest] = [count, off];
  }
  return best;
}

function cutAt(
  stretches: readonly Interval[],
  ms: number,
): { before: Interval[]; after: Interval[] } {
  const before: Interval[] = [];
  const after: Interval[] = [];
  let left = ms;
  for (const { startMs, endMs } of stretches) {
    const own = Math.min(left, endMs - startMs);
    if (own > 0) before.push({ startMs, endMs: startMs + own });
    if (startMs + own < endMs) after.push({ startMs: startMs + own, endMs });
    left -= own;
  }
  return { before, after };
}

function sharedOut(weights: readonly number[], stretches: readonly Interval[]): Interval[] {
  const total = sum(weights) || 1;
  const whole = heardMs(stretches);
  let before = 0;
  return weights.map((weight) => {
    const startMs = clockAt(stretches, (whole * before) / total, 'start');
    before += weight;
    return { startMs, endMs: clockAt(stretches, (whole * before) / total, 'end') };
  });
}

/** Where on the clock so much of the speech has been heard; between two stretches, which edge. */
function clockAt(stretches: readonly Interval[], heard: number, edge: 'start' | 'end'): number {
  let left = heard;
  for (const [index, { startMs, endMs }] of stretches.entries()) {
    const length = endMs - startMs;
    const isLast = index === stretches.length - 1;
    if (left < length - 1e-6 || isLast || (edge === 'end' && left <= length + 1e-6)) {
      return startMs + Math.min(left, length);
    }
    left -= length;
  }
  return 0;
}

function heardMs(stretches: readonly Interval[]): number {
  return sum(stretches.map(({ startMs, endMs }) => endMs - startMs));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
