/** Whole milliseconds as they are read from a clock. */
export function clockOf(ms: number): {
  hours: number;
  minutes: number;
  seconds: number;
  /** Milliseconds of the last second. */
  rest: number;
} {
  return {
    hours: Math.floor(ms / 3_600_000),
    minutes: Math.floor(ms / 60_000) % 60,
    seconds: Math.floor(ms / 1_000) % 60,
    rest: ms % 1_000,
  };
}

export function padded(value: number, length = 2): string {
  return String(value).padStart(length, '0');
}
