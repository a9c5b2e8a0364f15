import type { Interval } from './intervals.js';
import type { MetadataLine } from './metadata-file.js';

/** Collects what begins with one key and ends with another; what never ends lasts to the film's end. */
export function stretches(startKey: string, endKey: string) {
  const found: Interval[] = [];
  let open: number | undefined;
  return {
    note({ key, value }: MetadataLine): void {
      const atMs = Number(value) * 1_000;
      if (key === startKey) open = atMs;
      if (key !== endKey || open === undefined) return;
      found.push({ startMs: open, endMs: atMs });
      open = undefined;
    },
    until(endMs: number): Interval[] {
      return open === undefined ? found : [...found, { startMs: open, endMs }];
    },
  };
}
