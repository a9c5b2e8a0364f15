/** Where values lie between the least and the greatest that are shown. */
export interface Scale {
  from: number;
  to: number;
  ticks: number[];
}

const STEPS = [1, 2, 2.5, 5, 10];

/** Pure. A scale of round steps, about `count` of them, around all values; it begins at 0 where that is not far. */
export function scaleOf(values: readonly number[], count: number): Scale {
  const least = Math.min(...values);
  const greatest = Math.max(...values);
  const spread = greatest - least || Math.abs(greatest) || 1;
  const nearZero = least >= 0 && least < spread * 1.5;
  const from = nearZero ? 0 : least;
  const to = greatest <= 0 && -greatest < spread * 1.5 ? 0 : greatest;
  const step = roundStep((to - from || 1) / count);
  const first = Math.floor(from / step);
  const last = Math.max(Math.ceil(to / step), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => rounded((first + at) * step));
  return { from: ticks[0] ?? 0, to: ticks.at(-1) ?? 1, ticks };
}

/** The share of a scale at which a value lies, 0 to 1. */
export function shareOf(value: number, { from, to }: Scale): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from || 1)));
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = STEPS.find((step) => step * power >= rough * 0.999) ?? 10;
  return factor * power;
}

/** Without the noise of binary fractions. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
