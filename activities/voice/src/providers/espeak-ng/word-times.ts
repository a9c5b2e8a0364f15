import { FRAME_MS } from '../../sound/envelope.js';
import type { Sound } from '../../sound/wav.js';
import type { Interval } from '../../voice-provider.js';
import { LEVELS } from './marked-text.js';

/**
 * Finds the words by comparing the sound with the one whose words take LEVELS in turn: in each frame the
 * ratio of the two is the level of the word that is being spoken, and the cheapest monotonous path through
 * words and frames gives each its time. No time for a word that is spoken as one with the word before it
 * ("of the", "there are": the whole has the first word's level). Undefined where the two sounds do not
 * differ as they should.
 */
export function wordTimes(
  plain: Sound,
  marked: Sound,
  count: number,
): (Interval | undefined)[] | undefined {
  if (plain.samples.length !== marked.samples.length || count === 0) return undefined;
  const ratios = frameRatios(plain, marked);
  const path = cheapestPath(ratios, count);
  let strange = 0;
  let heard = 0;
  const words: (Interval | undefined)[] = Array.from({ length: count }, () => undefined);
  for (const [frame, ratio] of ratios.entries()) {
    if (Number.isNaN(ratio)) continue;
    const index = path[frame] ?? 0;
    heard += 1;
    if (distance(ratio, index) > STRANGE) strange += 1;
    const word = words[index];
    if (word) word.endMs = (frame + 1) * FRAME_MS;
    else words[index] = { startMs: frame * FRAME_MS, endMs: (frame + 1) * FRAME_MS };
  }
  const found = words.filter(Boolean).length;
  if (heard === 0 || strange > heard * 0.15 || found < words.length * 0.6) return undefined;
  return words;
}

const STRANGE = 0.12;
/** Frames below −50 dBFS say nothing about the level. */
const QUIET = 32_768 * 10 ** (-50 / 20);
/** A word left out costs as much as five frames of a wrong level. */
const SKIP_COST = 1.5;

function frameRatios(plain: Sound, marked: Sound): Float32Array {
  const frameLength = (plain.sampleRate * FRAME_MS) / 1_000;
  const ratios = new Float32Array(Math.floor(plain.samples.length / frameLength));
  for (let frame = 0; frame < ratios.length; frame += 1) {
    const from = Math.round(frame * frameLength);
    const to = Math.round((frame + 1) * frameLength);
    let power = 0;
    let common = 0;
    for (let index = from; index < to; index += 1) {
      const sample = plain.samples[index] ?? 0;
      power += sample * sample;
      common += sample * (marked.samples[index] ?? 0);
    }
    ratios[frame] = power > QUIET * QUIET * (to - from) ? common / power : Number.NaN;
  }
  return ratios;
}

function distance(ratio: number, word: number): number {
  return Math.abs(ratio - (LEVELS[word % LEVELS.length] ?? 100) / 100);
}

/** The word of each frame: Viterbi over words, each step stays or goes on. */
function cheapestPath(ratios: Float32Array, count: number): Int32Array {
  const from = new Int32Array(ratios.length * count);
  let costs = Float64Array.from({ length: count }, (_, word) => word * SKIP_COST);
  for (const [frame, ratio] of ratios.entries()) {
    const next = new Float64Array(count);
    let bestCost = Infinity;
    let bestWord = 0;
    for (let word = 0; word < count; word += 1) {
      // Best of all earlier words, a skip for each one in between.
      const stay = costs[word] ?? Infinity;
      const come = bestCost + (word - bestWord - 1) * SKIP_COST;
      const isStay = stay <= come;
      from[frame * count + word] = isStay ? word : bestWord;
      next[word] = (isStay ? stay : come) + (Number.isNaN(ratio) ? 0 : distance(ratio, word));
      if (stay - word * SKIP_COST < bestCost - bestWord * SKIP_COST) {
        bestCost = stay;
        bestWord = word;
      }
    }
    costs = next;
  }
  return walkBack(from, costs, ratios.length);
}

function walkBack(from: Int32Array, costs: Float64Array, frames: number): Int32Array {
  const count = costs.length;
  let word = 0;
  let best = Infinity;
  for (let index = 0; index < count; index += 1) {
    const cost = (costs[index] ?? Infinity) + (count - 1 - index) * SKIP_COST;
    if (cost < best) [best, word] = [cost, index];
  }
  const path = new Int32Array(frames);
  for (let frame = frames - 1; frame >= 0; frame -= 1) {
    path[frame] = word;
    word = from[frame * count + word] ?? 0;
  }
  return path;
}
