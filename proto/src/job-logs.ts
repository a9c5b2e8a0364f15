/** So many lines are kept of what is logged of a job; the oldest make room for new ones. */
export const MOST_LOG_LINES = 1_000;

/** How lines of a log that are kept are rated, with the numbers that pino gives them, the least first. */
export const LOG_LEVELS = { info: 30, warn: 40, error: 50 } as const;

export type LogLevel = keyof typeof LOG_LEVELS;
