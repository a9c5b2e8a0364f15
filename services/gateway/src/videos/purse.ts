import type { FilmOutline } from '@aura/provider';
import { usd } from './usd.js';

/** What a job may spend, and what for. In US dollars; undefined for no limit. */
export interface Purse {
  film: FilmOutline;
  /** The job's own cap. */
  capUsd: number | undefined;
  /** What all jobs of today have left together. */
  dayLeftUsd?: number | undefined;
}

/** The smaller of what the job may spend and what the day has left. */
export interface Limit {
  usd: number;
  isOfDay: boolean;
}

/** Undefined where nothing limits the job. Pure. */
export function limitOf({ capUsd, dayLeftUsd }: Omit<Purse, 'film'>): Limit | undefined {
  if (dayLeftUsd !== undefined && dayLeftUsd < (capUsd ?? Infinity)) {
    return { usd: dayLeftUsd, isOfDay: true };
  }
  return capUsd === undefined ? undefined : { usd: capUsd, isOfDay: false };
}

/** Whose budget it is, within a sentence. Pure. */
export function nameOf(limit: Limit): string {
  return limit.isOfDay
    ? `the budget of the day (AURA_DAY_BUDGET_USD, ${usd(limit.usd)} USD left)`
    : 'the budget';
}
