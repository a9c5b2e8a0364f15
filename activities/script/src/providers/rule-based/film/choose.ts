import type { Beat, OptionalBeat } from './beat.js';
import { mergeBeats } from './merge.js';
import { deviationOf, fit, type Fitted } from './fit.js';

/** Everything that a film could tell, and how its frame closes around what is told. */
export interface Supply {
  /** Most important first. */
  optional: readonly OptionalBeat[];
  /** Films of these beats, from full to bare: each gets the chosen beats and gives the whole film. */
  frames: readonly ((chosen: readonly OptionalBeat[]) => Beat[])[];
  /** How many of the frames are worth trying for films that have time for a full one. */
  fullFrames?: number;
}

export interface Limits {
  targetMs: number;
  maxScenes: number;
  msOf: (line: string) => number;
}

export interface Chosen extends Fitted {
  /** Everything is told; a longer film would repeat itself. */
  isAll: boolean;
}

/** Within this share of the target a film is on target, and the fuller one is better. */
const ON_TARGET = 0.035;

const SHORT_MS = 25_000;
/** Films of this length are told in full. */
const ROOMY_MS = 40_000;

/** A scene with less speech than this is over before it is read. */
const HASTY_MS = 2_600;

/**
 * The film that comes nearest to its length: as many beats as are needed, the most important first, then
 * their wording fitted. Tries a few numbers of beats around the estimate, and barer frames for short films.
 */
export function chooseFilm(supply: Supply, limits: Limits): Chosen {
  const frames =
    limits.targetMs > ROOMY_MS ? supply.frames.slice(0, supply.fullFrames ?? 1) : supply.frames;
  const tried = frames.flatMap((frame, rank) =>
    sceneLimits(limits).flatMap((maxScenes, tighter) =>
      tryFrame(frame, supply.optional, { ...limits, maxScenes }).map((film) => ({
        film: { ...film, isAll: film.isAll && rank === 0 },
        score: scoreOf(film, limits) + rank * 0.004 + tighter * 0.003,
      })),
    ),
  );
  return tried.toSorted((a, b) => a.score - b.score)[0]!.film;
}

/** Films of a few seconds are tried in fewer scenes as well: each scene saved leaves time to speak. */
function sceneLimits({ targetMs, maxScenes }: Limits): number[] {
  return targetMs > SHORT_MS
    ? [maxScenes]
    : [...new Set([maxScenes, 2, 1])].filter((most) => most <= maxScenes);
}

function scoreOf(film: Fitted, { targetMs, msOf }: Limits): number {
  const off = deviationOf(film, targetMs);
  const hasty = film.scenes.filter(
    ({ sentences }) => sentences.reduce((sum, line) => sum + msOf(line), 0) < HASTY_MS,
  ).length;
  return (off <= ON_TARGET ? off / 10 : off) + (hasty / film.scenes.length) * 0.03;
}

function tryFrame(
  frame: (chosen: readonly OptionalBeat[]) => Beat[],
  optional: readonly OptionalBeat[],
  limits: Limits,
): Chosen[] {
  const most = optional.length;
  const made = (chosen: readonly OptionalBeat[]): Beat[] =>
    mergeBeats(frame(chosen), limits.maxScenes);
  const near = estimate(made, optional, limits);
  const counts = new Set(
    [near - 2, near - 1, near, near + 1, near + 2].map((count) =>
      Math.max(0, Math.min(most, count)),
    ),
  );
  return [...counts].map((count) => ({
    ...fit(made(optional.slice(0, count)), limits.targetMs, limits.msOf),
    isAll: count === optional.length,
  }));
}

/** How many beats it takes, by the length of their first wordings. Bisection: the length grows with the number. */
function estimate(
  frame: (chosen: readonly OptionalBeat[]) => Beat[],
  optional: readonly OptionalBeat[],
  limits: Limits,
): number {
  let low = 0;
  let high = optional.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (roughMs(frame(optional.slice(0, middle)), limits) < limits.targetMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function roughMs(beats: readonly Beat[], { msOf }: Limits): number {
  const lines = beats.flatMap(({ slots }) =>
    slots.map(({ options, optional }) => msOf(options[0] ?? '') * (optional ? 0.5 : 1)),
  );
  return lines.reduce((sum, ms) => sum + ms, 0) + beats.length * 900;
}
