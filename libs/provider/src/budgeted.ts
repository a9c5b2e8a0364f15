import type { ProviderReport } from '@aura/proto';
import { estimateCost, type FilmOutline, type StageEstimate } from './estimate.js';

/** What one provider of a chain would do of a stage. */
export interface StageShare {
  provider: string;
  /** Units of work: a script, or the voices or pictures of so many scenes. */
  calls: number;
  likelyUsd: number;
  worstUsd: number;
}

/** Units that a budget does not hold. */
export interface Overdraft {
  provider: string;
  calls: number;
  /** What one of them reserves, in US dollars; null where nobody has said what it costs. */
  callUsd: number | null;
  /** Who does them; null where nobody may, so that the job fails. */
  instead: string | null;
}

export interface BudgetedStage {
  /** In the order of the chain; empty where nobody can be asked. */
  shares: StageShare[];
  overdrafts: Overdraft[];
}

/** In the order in which they spend. */
export type StageChains = readonly (readonly ProviderReport[])[];

/**
 * Who would do how much of a film under a budget, stage by stage: a call is made where what is left holds its worst
 * case, as the journal has it, and else the next provider of the chain is asked. With `isStrict` nobody is: the job
 * fails, and what it would have cost is told. Voices and pictures are made at the same time, so that the last of a
 * budget may go to either. An estimate. `capUsd` is Infinity where there is no budget. Pure.
 */
export function budgeted(
  film: FilmOutline,
  chains: StageChains,
  { capUsd, isStrict }: { capUsd: number; isStrict: boolean },
): BudgetedStage[] {
  let leftUsd = capUsd;
  return chains.map((chain) => {
    const stage = spread(estimateCost(film, chain), leftUsd, isStrict);
    leftUsd -= stage.shares.reduce((sum, { likelyUsd }) => sum + likelyUsd, 0);
    return stage;
  });
}

function spread(
  estimates: readonly StageEstimate[],
  capUsd: number,
  isStrict: boolean,
): BudgetedStage {
  const shares: StageShare[] = [];
  const open: Omit<Overdraft, 'instead'>[] = [];
  let left = estimates[0]?.calls ?? 0;
  let leftUsd = capUsd;
  for (const estimate of estimates) {
    const calls = heldCalls(estimate, { calls: left, usd: leftUsd });
    if (calls > 0 || left === 0) {
      const share = shareOf(estimate, calls);
      shares.push(share);
      leftUsd -= share.likelyUsd;
    }
    left -= calls;
    if (left <= 0) break;
    const { provider, callUsd, isPriced } = estimate;
    open.push({ provider, calls: left, callUsd: isPriced ? callUsd : null });
    if (isStrict) break;
  }
  const [first] = estimates;
  if (first && left > 0) {
    const overdrafts = open.map((one) => ({ ...one, instead: null }));
    return { shares: [shareOf(first, first.calls)], overdrafts };
  }
  const names = estimates.map(({ provider }) => provider);
  const overdrafts = open.map((one) => ({ ...one, instead: nextOf(names, one, shares) }));
  return { shares, overdrafts };
}

/** Who of the chain does what one before it could not. */
function nextOf(
  names: readonly string[],
  { provider }: { provider: string },
  shares: readonly StageShare[],
): string | null {
  const later = names.slice(names.indexOf(provider) + 1);
  return later.find((name) => shares.some((share) => share.provider === name)) ?? null;
}

function shareOf({ provider, ...whole }: StageEstimate, calls: number): StageShare {
  const share = whole.calls === 0 ? 1 : calls / whole.calls;
  return {
    provider,
    calls,
    likelyUsd: whole.likelyUsd * share,
    worstUsd: whole.worstUsd * share,
  };
}

/** How many units of work a sum holds: each is made while its worst case fits, and takes what it usually costs. */
function heldCalls(
  { calls, likelyUsd, callUsd, isPriced }: StageEstimate,
  left: { calls: number; usd: number },
): number {
  // Of a film that brings all its pictures nobody makes any, and a share of no calls is no number.
  if (left.usd === Infinity || left.calls === 0) return left.calls;
  if (!isPriced) return 0;
  if (callUsd === 0) return left.calls;
  if (callUsd > left.usd) return 0;
  const eachUsd = likelyUsd / calls;
  return Math.min(left.calls, 1 + Math.floor((left.usd - callUsd) / eachUsd));
}
