import { FRAME_MS, isHeard, type Envelope } from '../sound/envelope.js';
import type { Interval } from '../voice-provider.js';
import { matchPauses, type Clause, type Pause } from './match-pauses.js';

/** Silences from here on may be the ends of clauses; shorter ones are the closures of p, t and k. */
const PAUSE_MS = 70;

/** What was spoken in one go, word by word. */
export interface SpokenWords {
  words: readonly string[];
  /** speechWeight of what is said of each word. */
  weights: readonly number[];
  /** Each word's sentence; absent where all are of one. */
  sentences?: readonly number[] | undefined;
}

/**
 * Times for words where the voice does not tell. The measured speech is cut at its pauses; the ends of sentences
 * and the marks at which voices pause are matched with them; between two such places the words share
 * the heard time by weight.
 */
export function spreadWords(spoken: SpokenWords, envelope: Envelope): Interval[] {
  return stretchesOf(spoken, envelope).flatMap(({ from, to, heard }) =>
    sharedOut(spoken.weights.slice(from, to), heard),
  );
}

/** Words [from, to), and where they are heard. */
export interface Stretch {
  from: number;
  to: number;
  heard: Interval[];
}

/** Which words are heard between which pauses. */
export function stretchesOf(spoken: SpokenWords, envelope: Envelope): Stretch[] {
  const clauses = clausesOf(spoken);
  const pauses = pausesOf(envelope);
  let from = 0;
  let frame = 0;
  return matchPauses(clauses, pauses, heardBefore(envelope)).map(({ clause, pause }) => {
    const to = clauses[clause]?.to ?? spoken.words.length;
    const end = pauses[pause]?.from ?? envelope.levels.length;
    const stretch = { from, to, heard: heardIn(envelope, frame, end) };
    from = to;
    frame = pauses[pause]?.to ?? end;
    return stretch;
  });
}

/** Clauses end with a sentence, and after words with a mark at which voices pause. */
function clausesOf({ words, weights, sentences }: SpokenWords): Clause[] {
  const clauses: Clause[] = [];
  let weight = 0;
  for (const [index, word] of words.entries()) {
    weight += weights[index] ?? 0;
    const endsSentence = (sentences?.[index + 1] ?? 0) !== (sentences?.[index] ?? 0);
    const isLast = index === words.length - 1;
    if (!isLast && !endsSentence && !MARK.test(word)) continue;
    clauses.push({ weight, to: index + 1, endsSentence: endsSentence || isLast });
    weight = 0;
  }
  return clauses;
}

const MARK = /[,;:.!?،؛，、；：。！？…][\p{Pe}\p{Pf}"'”’»]*$/u;

/** Silences between two sounds, in frames. */
function pausesOf(envelope: Envelope): Pause[] {
  const pauses: Pause[] = [];
  let lastHeard: number | undefined;
  for (let frame = 0; frame < envelope.levels.length; frame += 1) {
    if (!isHeard(envelope, frame)) continue;
    const from = lastHeard === undefined ? frame : lastHeard + 1;
    const ms = (frame - from) * FRAME_MS;
    if (ms >= PAUSE_MS) pauses.push({ from, to: frame, ms });
    lastHeard = frame;
  }
  return pauses;
}

/** For each frame how many ms were heard before it. */
function heardBefore(envelope: Envelope): Float64Array {
  const heard = new Float64Array(envelope.levels.length + 1);
  for (let frame = 0; frame < envelope.levels.length; frame += 1) {
    heard[frame + 1] = (heard[frame] ?? 0) + (isHeard(envelope, frame) ? FRAME_MS : 0);
  }
  return heard;
}

/** Runs of heard frames within [from, to) with only short gaps in them. */
function heardIn(envelope: Envelope, from: number, to: number): Interval[] {
  const stretches: Interval[] = [];
  for (let frame = from; frame < to; frame += 1) {
    if (!isHeard(envelope, frame)) continue;
    const startMs = frame * FRAME_MS;
    const last = stretches.at(-1);
    if (last && startMs - last.endMs < PAUSE_MS) last.endMs = startMs + FRAME_MS;
    else stretches.push({ startMs, endMs: startMs + FRAME_MS });
  }
  return stretches;
}

function sharedOut(weights: readonly number[], stretches: readonly Interval[]): Interval[] {
  const total = sum(weights) || 1;
  const whole = sum(stretches.map(({ startMs, endMs }) => endMs - startMs));
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
