/** Where beats lie, in hundredths of a second, fractions included. */
export interface Beats {
  first: number;
  period: number;
}

/** 60 to 200 beats a minute. */
const [SHORTEST, LONGEST] = [30, 100];
/** The pace that people tap along with, where several would do. */
const PREFERRED = 50;
/** So much more than by chance must strokes fall on the beats. */
const CONFIDENT = 0.25;

/**
 * The beat of a piece from its level every hundredth of a second; undefined where it has none that is clear. Pure.
 * Source: autocorrelation of the onset strength, D. Ellis, Beat Tracking by Dynamic Programming (2007), §3.
 */
export function beatsIn(levels: readonly number[]): Beats | undefined {
  const onsets = onsetsOf(levels);
  if (onsets.length < 8 * LONGEST) return undefined;
  const whole = correlation(onsets, 0);
  let best = { lag: 0, score: 0 };
  for (let lag = SHORTEST; lag <= LONGEST; lag += 1) {
    const taste = Math.exp(-0.5 * (Math.log2(lag / PREFERRED) / 0.9) ** 2);
    const score = taste * correlation(onsets, lag);
    if (score > best.score) best = { lag, score };
  }
  if (best.lag === 0 || correlation(onsets, best.lag) < CONFIDENT * whole) return undefined;
  return refined(onsets, best.lag);
}

/** How much louder it became, in logarithms, without its mean. */
function onsetsOf(levels: readonly number[]): Float32Array {
  const onsets = new Float32Array(levels.length);
  let sum = 0;
  for (let index = 1; index < levels.length; index += 1) {
    const rise = Math.log(1e-4 + (levels[index] ?? 0)) - Math.log(1e-4 + (levels[index - 1] ?? 0));
    onsets[index] = Math.max(0, rise);
    sum += Math.max(0, rise);
  }
  const mean = sum / Math.max(1, levels.length);
  return onsets.map((onset) => onset - mean);
}

function correlation(onsets: Float32Array, lag: number): number {
  let sum = 0;
  for (let index = lag; index < onsets.length; index += 1) {
    sum += (onsets[index] ?? 0) * (onsets[index - lag] ?? 0);
  }
  return sum;
}

/** The period to a fraction, and the phase, under which most strokes fall on beats over the whole piece. */
function refined(onsets: Float32Array, lag: number): Beats {
  let best = { first: 0, period: lag, sum: -Infinity };
  for (let step = -25; step <= 25; step += 1) {
    const period = lag + step / 25;
    for (let first = 0; first < period; first += 1) {
      const sum = strokesOn(onsets, first, period);
      if (sum > best.sum) best = { first, period, sum };
    }
  }
  return { first: best.first, period: best.period };
}

function strokesOn(onsets: Float32Array, first: number, period: number): number {
  let sum = 0;
  for (let beat = first; beat < onsets.length; beat += period) {
    sum += onsets[Math.round(beat)] ?? 0;
  }
  return sum;
}
