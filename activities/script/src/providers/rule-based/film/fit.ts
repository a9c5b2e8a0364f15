import { SCENE_SILENCE_MS, silenceMs } from '../../../pace.js';
import type { Beat, Slot } from './beat.js';

/** A beat with its wording settled. */
export interface Worded {
  beat: Beat;
  sentences: string[];
}

export interface Fitted {
  scenes: Worded[];
  filmMs: number;
}

/** Cost of leaving an optional line out, in ranks of preference. */
const OMISSION = 1.2;
/** Deviation, as a share of the target, that costs as much as one rank of preference. */
const RANK_SHARE = 0.012;
const MAX_BINS = 4_000;

/**
 * Chooses one wording for every slot, so that the film comes out as near to the target as these beats
 * allow: dynamic programming over reachable lengths, in steps of at most a four-thousandth of the target.
 * Optional lines may be left out. The same beats, target and `msOf` give the same choice.
 */
export function fit(
  beats: readonly Beat[],
  targetMs: number,
  msOf: (line: string) => number,
): Fitted {
  const fixedMs = silenceMs(beats.length);
  const budgetMs = Math.max(SCENE_SILENCE_MS, targetMs - fixedMs);
  const slots = beats.flatMap((beat) => beat.slots);
  const choices = slots.map((slot) => choicesOf(slot, msOf));
  const picks = bestPicks(choices, budgetMs);
  const lines = slots.map((slot, at) => slot.options[picks[at] ?? 0] ?? '');
  let next = 0;
  const scenes = beats.map((beat) => {
    const own = lines.slice(next, (next += beat.slots.length));
    return { beat, sentences: own.filter((line) => line !== '') };
  });
  const spokenMs = scenes.reduce(
    (sum, { sentences }) => sum + sentences.reduce((ms, line) => ms + msOf(line), 0),
    0,
  );
  const spaces = scenes.reduce((sum, { sentences }) => sum + Math.max(0, sentences.length - 1), 0);
  return { scenes, filmMs: spokenMs + fixedMs + spaces * (msOf('a ') - msOf('a')) };
}

/** How good a fitted film is: 0 is exact, 0.04 is four hundredths off. */
export function deviationOf({ filmMs }: Fitted, targetMs: number): number {
  return Math.abs(filmMs - targetMs) / targetMs;
}

interface Choice {
  /** Index among the slot's options; -1 leaves the line out. */
  option: number;
  ms: number;
  cost: number;
}

function choicesOf(
  { options, optional, omission }: Slot,
  msOf: (line: string) => number,
): Choice[] {
  const spaceMs = msOf('a ') - msOf('a');
  const choices = options.map((line, option) => ({
    option,
    ms: msOf(line) + spaceMs,
    cost: option,
  }));
  return optional ? [...choices, { option: -1, ms: 0, cost: omission ?? OMISSION }] : choices;
}

const UNREACHED = Number.POSITIVE_INFINITY;

function bestPicks(choices: readonly Choice[][], budgetMs: number): number[] {
  const binMs = Math.max(20, budgetMs / (MAX_BINS * 0.75));
  const bins = Math.min(MAX_BINS, Math.ceil((budgetMs * 1.3) / binMs));
  const rows = choices.map(() => new Int8Array(bins + 1).fill(-2));
  let costs = new Float64Array(bins + 1).fill(UNREACHED);
  costs[0] = 0;
  for (const [at, options] of choices.entries()) {
    const next = new Float64Array(bins + 1).fill(UNREACHED);
    for (const { option, ms, cost } of options) {
      spread({ costs, next, row: rows[at]! }, { option, cost, step: Math.round(ms / binMs) });
    }
    costs = next;
  }
  return traced(choices, rows, { costs, binMs, budgetMs });
}

/** Takes one choice from every reachable length; what would go beyond the last bin is gathered there. */
function spread(
  { costs, next, row }: { costs: Float64Array; next: Float64Array; row: Int8Array },
  { option, cost, step }: { option: number; cost: number; step: number },
): void {
  const last = costs.length - 1;
  for (let bin = 0; bin <= last; bin++) {
    const total = costs[bin]! + cost;
    if (total === UNREACHED) continue;
    const to = bin + step < last ? bin + step : last;
    if (total < next[to]!) {
      next[to] = total;
      row[to] = option;
    }
  }
}

/** Walks back from the best end. The last bin gathers all that is too long, so a walk may leave the exact trail there. */
function traced(
  choices: readonly Choice[][],
  rows: readonly Int8Array[],
  { costs, binMs, budgetMs }: { costs: Float64Array; binMs: number; budgetMs: number },
): number[] {
  let bin = 0;
  let best = UNREACHED;
  for (const [at, cost] of costs.entries()) {
    const score = cost + Math.abs(at * binMs - budgetMs) / budgetMs / RANK_SHARE;
    if (score < best) [best, bin] = [score, at];
  }
  if (bin === costs.length - 1) return choices.map(shortest);
  const picks = choices.map(() => 0);
  for (let at = choices.length - 1; at >= 0; at--) {
    const option = rows[at]?.[bin] ?? -2;
    picks[at] = option;
    const ms = choices[at]?.find((choice) => choice.option === option)?.ms ?? 0;
    bin -= Math.round(ms / binMs);
  }
  return picks;
}

function shortest(options: readonly Choice[]): number {
  return options.toSorted((a, b) => a.ms - b.ms)[0]?.option ?? 0;
}
