/** A stretch of time, in ms. */
export interface Interval {
  startMs: number;
  endMs: number;
}

export function lengthMs({ startMs, endMs }: Interval): number {
  return Math.max(0, endMs - startMs);
}

export function intersection(a: Interval, b: Interval): Interval {
  return { startMs: Math.max(a.startMs, b.startMs), endMs: Math.min(a.endMs, b.endMs) };
}

/** How much of an interval lies in others, which do not overlap each other. */
export function coveredMs(interval: Interval, by: readonly Interval[]): number {
  return by.reduce((sum, other) => sum + lengthMs(intersection(interval, other)), 0);
}

/** Intervals with a shorter gap between them than `gapMs` as one. */
export function merged(intervals: readonly Interval[], gapMs: number): Interval[] {
  const result: Interval[] = [];
  for (const { startMs, endMs } of intervals.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = result.at(-1);
    if (last && startMs - last.endMs < gapMs) last.endMs = Math.max(last.endMs, endMs);
    else result.push({ startMs, endMs });
  }
  return result;
}
