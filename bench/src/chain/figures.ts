/** The middle of them, and what nineteen in twenty stay below. */
export function spread(values: readonly number[]): { median: number; p95: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { median: round(at(0.5)), p95: round(at(0.95)) };
}

export async function tookMs(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
