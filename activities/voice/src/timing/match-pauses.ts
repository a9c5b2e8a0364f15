/** Words up to a place where a voice may pause. */
export interface Clause {
  /** speechWeight of its words. */
  weight: number;
  /** Index of the first word after it. */
  to: number;
  endsSentence: boolean;
}

/** A silence, in frames of the envelope. */
export interface Pause {
  from: number;
  to: number;
  ms: number;
}

export interface Match {
  /** The last clause before the pause. */
  clause: number;
  /** The pause; −1 for the end of the sound. */
  pause: number;
}

/** How far the pace of a stretch usually is from that of the whole, besides so many ms. */
const PACE_SPREAD = 0.12;
const SLACK_MS = 60;
/** What it costs that a voice makes no pause at a comma, and at the end of a sentence. */
const RUN_ON = { comma: 0.7, sentence: 6 };
/** What a pause of 100 ms is worth as a sign, and the most that any is. */
const WORTH = { comma: 0.5, sentence: 1 };
const MOST = { comma: 1.5, sentence: 5 };
/** Voices run on for so many clauses at most, and hesitate so often within them. */
const LONGEST_RUN = 8;
const MOST_HESITATIONS = 24;

/**
 * Which clauses end at which pauses: the cheapest choice by dynamic programming, where a stretch between two
 * pauses costs what its length is off (at the pace of the whole), a clause that ends without a pause costs a
 * little, a sentence that does costs much, and long pauses are good signs. The last match is the end of the sound.
 * `heard` has for each frame how many ms were heard before it.
 */
export function matchPauses(
  clauses: readonly Clause[],
  pauses: readonly Pause[],
  heard: Float64Array,
): Match[] {
  const search = new Search(clauses, pauses, heard);
  for (let clause = 0; clause < clauses.length - 1; clause += 1) {
    for (let pause = clause === 0 ? 0 : 0; pause < pauses.length; pause += 1) {
      search.settle(clause, pause);
    }
  }
  return search.best();
}

interface Step {
  cost: number;
  /** The match before; undefined at the beginning. */
  before: { clause: number; pause: number } | undefined;
}

class Search {
  private readonly weightBefore: number[] = [0];
  private readonly steps: Step[][];
  private readonly msPerWeight: number;

  constructor(
    private readonly clauses: readonly Clause[],
    private readonly pauses: readonly Pause[],
    private readonly heard: Float64Array,
  ) {
    for (const { weight } of clauses) {
      this.weightBefore.push((this.weightBefore.at(-1) ?? 0) + weight);
    }
    this.msPerWeight = (heard.at(-1) ?? 0) / (this.weightBefore.at(-1) || 1);
    this.steps = clauses.map(() => []);
  }

  /** The cheapest way to have the clause end at the pause. */
  settle(clause: number, pause: number): void {
    const step = this.cheapest(clause, pause);
    step.cost -= this.worth(clause, pause);
    (this.steps[clause] ??= [])[pause] = step;
  }

  best(): Match[] {
    const last = this.clauses.length - 1;
    const end = this.cheapest(last, this.pauses.length, this.clauses.length);
    const matches: Match[] = [{ clause: last, pause: -1 }];
    for (let { before } = end; before; before = this.steps[before.clause]?.[before.pause]?.before) {
      matches.unshift(before);
    }
    return matches;
  }

  private cheapest(clause: number, pause: number, longestRun = LONGEST_RUN): Step {
    const whole = { cost: this.misfit(-1, -1, clause, pause), before: undefined };
    let best: Step = clause < longestRun ? whole : { ...whole, cost: whole.cost + 1_000 };
    best.cost += this.runOn(-1, clause);
    for (let from = Math.max(0, clause - longestRun); from < clause; from += 1) {
      const runOn = this.runOn(from, clause);
      for (let at = Math.max(0, pause - MOST_HESITATIONS); at < pause; at += 1) {
        const sofar = this.steps[from]?.[at]?.cost ?? Infinity;
        const cost = sofar + runOn + this.misfit(from, at, clause, pause);
        if (cost < best.cost) best = { cost, before: { clause: from, pause: at } };
      }
    }
    return best;
  }

  /** The clauses after `from` up to `clause` lie between the pauses `at` and `pause`. */
  private misfit(from: number, at: number, clause: number, pause: number): number {
    const weight = (this.weightBefore[clause + 1] ?? 0) - (this.weightBefore[from + 1] ?? 0);
    const expectedMs = weight * this.msPerWeight;
    const ms = this.heardAt(pause) - this.heardAt(at);
    return ((ms - expectedMs) / (PACE_SPREAD * expectedMs + SLACK_MS)) ** 2;
  }

  private heardAt(pause: number): number {
    if (pause < 0) return 0;
    const frame = this.pauses[pause]?.from;
    return (frame === undefined ? this.heard.at(-1) : this.heard[frame]) ?? 0;
  }

  /** What it costs that no clause between the two ends at a pause. */
  private runOn(from: number, clause: number): number {
    let cost = 0;
    for (let between = from + 1; between < clause; between += 1) {
      cost += this.clauses[between]?.endsSentence ? RUN_ON.sentence : RUN_ON.comma;
    }
    return cost;
  }

  private worth(clause: number, pause: number): number {
    const kind = this.clauses[clause]?.endsSentence ? 'sentence' : 'comma';
    return Math.min(MOST[kind], (WORTH[kind] * (this.pauses[pause]?.ms ?? 0)) / 100);
  }
}
