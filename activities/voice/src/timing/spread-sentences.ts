import { FRAME_MS, isHeard, type Envelope } from '../sound/envelope.js';
import type { Interval } from '../voice-provider.js';
import { spreadWords } from './spread-words.js';

export interface TimedSentence {
  words: readonly string[];
  /** speechWeight of what is said of each word. */
  weights: readonly number[];
}

/** Silences from here on may lie between sentences. */
const SHORTEST_PAUSE_MS = 70;
/** How far the pace of a sentence usually is from that of the whole. */
const PACE_SPREAD = 0.15;
/** A pause of this length is as good a sign of a sentence's end as a length that fits well is. */
const PAUSE_MS = 150;

/**
 * Times for the words of several sentences that were spoken in one go by a voice that does not tell. Each end
 * of a sentence is put at a pause, such that sentences last as long as their words weigh and the longest
 * pauses lie between sentences: the cheapest choice of pauses, found by dynamic programming. Within a sentence
 * the words are spread. With fewer pauses than ends all words are spread over the whole.
 */
export function spreadSentences(
  sentences: readonly TimedSentence[],
  envelope: Envelope,
): Interval[] {
  const pauses = pausesOf(envelope);
  const ends = endsOf(sentences, pauses, heardBefore(envelope));
  if (ends === undefined) {
    const words = sentences.flatMap((sentence) => sentence.words);
    const weights = sentences.flatMap((sentence) => sentence.weights);
    return spreadWords(words, weights, envelope);
  }
  return sentences.flatMap(({ words, weights }, index) => {
    const from = index === 0 ? 0 : (ends[index - 1]?.to ?? 0);
    const to = ends[index]?.from ?? envelope.levels.length;
    return spreadWords(words, weights, only(envelope, from, to));
  });
}

/** A silence between two sounds, in frames. */
interface Pause {
  from: number;
  to: number;
}

function pausesOf(envelope: Envelope): Pause[] {
  const pauses: Pause[] = [];
  let quietFrom: number | undefined;
  let hasBegun = false;
  for (let frame = 0; frame < envelope.levels.length; frame += 1) {
    if (!isHeard(envelope, frame)) {
      quietFrom ??= frame;
      continue;
    }
    const isPause =
      quietFrom !== undefined && (frame - quietFrom) * FRAME_MS >= SHORTEST_PAUSE_MS && hasBegun;
    if (isPause && quietFrom !== undefined) pauses.push({ from: quietFrom, to: frame });
    hasBegun = true;
    quietFrom = undefined;
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

/** The pauses after all sentences but the last; undefined where there are too few. */
function endsOf(
  sentences: readonly TimedSentence[],
  pauses: readonly Pause[],
  heard: Float64Array,
): Pause[] | undefined {
  const last = sentences.length - 1;
  if (last === 0) return [];
  if (pauses.length < last) return undefined;
  const expected = expectedMs(sentences, heard.at(-1) ?? 0);
  const heardAt = (pause: number) =>
    pause < 0
      ? 0
      : pause === pauses.length
        ? (heard.at(-1) ?? 0)
        : (heard[pauses[pause]?.from ?? 0] ?? 0);
  const misfit = (sentence: number, before: number, after: number) => {
    const ms = expected[sentence] ?? 0;
    return ((heardAt(after) - heardAt(before) - ms) / (PACE_SPREAD * ms + 150)) ** 2;
  };
  const reward = (pause: number) => {
    const { from = 0, to = 0 } = pauses[pause] ?? {};
    return Math.min(4, ((to - from) * FRAME_MS) / PAUSE_MS);
  };
  // cheapest[sentence][pause]: the sentence ends at that pause, and those before it at earlier ones.
  const cheapest: { cost: number; before: number }[][] = [];
  for (let sentence = 0; sentence < last; sentence += 1) {
    cheapest.push(
      pauses.map((_, pause) => {
        if (sentence === 0) return { cost: misfit(0, -1, pause) - reward(pause), before: -1 };
        let best = { cost: Infinity, before: -1 };
        for (let before = sentence - 1; before < pause; before += 1) {
          const sofar = cheapest[sentence - 1]?.[before]?.cost ?? Infinity;
          const cost = sofar + misfit(sentence, before, pause) - reward(pause);
          if (cost < best.cost) best = { cost, before };
        }
        return best;
      }),
    );
  }
  let at = -1;
  let least = Infinity;
  for (const [pause, { cost }] of (cheapest[last - 1] ?? []).entries()) {
    const whole = cost + misfit(last, pause, pauses.length);
    if (whole < least) [least, at] = [whole, pause];
  }
  const ends: Pause[] = [];
  for (let sentence = last - 1; sentence >= 0; sentence -= 1) {
    const pause = pauses[at];
    if (!pause) return undefined;
    ends.unshift(pause);
    at = cheapest[sentence]?.[at]?.before ?? -1;
  }
  return ends;
}

/** How long each sentence would be heard at the pace of the whole. */
function expectedMs(sentences: readonly TimedSentence[], heardMs: number): number[] {
  const weights = sentences.map((sentence) => sum(sentence.weights));
  const total = sum(weights) || 1;
  return weights.map((weight) => (heardMs * weight) / total);
}

/** The envelope with nothing heard outside of [from, to). */
function only(envelope: Envelope, from: number, to: number): Envelope {
  const levels = envelope.levels.slice();
  levels.fill(-120, 0, from);
  levels.fill(-120, to);
  return { ...envelope, levels };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
