import type { JobCost, ProviderCost, UnknownCall } from '@aura/proto';
import { isUnknownCall, type JournaledCall } from '@aura/provider';

/**
 * What a job's calls have cost, for a run that has ended: nothing where it has made none. Pure. Where the journal
 * cannot be read (`calls` is undefined) or is damaged, the job counts as having used up all that it was allowed;
 * undefined where nobody can say, for it had no limit either.
 */
export function jobCost(
  calls: readonly JournaledCall[] | undefined,
  allowanceUsd: number | null,
): JobCost | undefined {
  const isWhole = calls !== undefined && !calls.some(({ isDamaged }) => isDamaged);
  if (!calls && allowanceUsd === null) return undefined;
  const cost = costOfCalls(calls ?? []);
  if (isWhole) return cost;
  const rest = (allowanceUsd ?? 0) - cost.sureUsd;
  return { ...cost, possibleUsd: Math.max(cost.possibleUsd, rest) };
}

/** Pure. A call without an end is over, and nobody knows how: its run has ended. */
export function costOfCalls(calls: readonly JournaledCall[]): JobCost {
  const sent = calls.filter(({ end }) => end?.outcome !== 'unsent');
  const unknown = sent.filter(isUnknownCall);
  const overUsd = sum(sent.map(({ end }) => end?.overUsd ?? 0));
  return {
    sureUsd: sum(sent.map(({ end }) => end?.costUsd ?? 0)),
    possibleUsd: sum(unknown.map(({ worstUsd }) => worstUsd)),
    ...counted(sent),
    byProvider: byProvider(sent),
    unknown: unknown.slice(0, MOST_SHOWN).map(shown),
    ...(overUsd > 0 ? { overUsd } : {}),
  };
}

const MOST_SHOWN = 100;

function byProvider(calls: readonly JournaledCall[]): ProviderCost[] {
  const groups = new Map<string, JournaledCall[]>();
  for (const call of calls) {
    const key = JSON.stringify([call.provider, call.model]);
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  return [...groups.values()].map((group) => {
    const used = (of: 'inputTokens' | 'outputTokens' | 'characters' | 'pictures' | 'seconds') =>
      sum(group.map(({ end }) => end?.usage[of] ?? 0));
    return {
      provider: group[0]!.provider,
      model: group[0]!.model,
      ...counted(group),
      usd: sum(group.map(({ end }) => end?.costUsd ?? 0)),
      inputTokens: used('inputTokens'),
      outputTokens: used('outputTokens'),
      characters: used('characters'),
      pictures: used('pictures'),
      seconds: used('seconds'),
    };
  });
}

/** A refusal is no work done, and nobody bills it. */
function counted(sent: readonly JournaledCall[]): { calls: number; refused: number } {
  const refused = sent.filter(({ end }) => end?.outcome === 'refused').length;
  return { calls: sent.length - refused, refused };
}

function shown({ provider, unitKey, worstUsd, startedAt }: JournaledCall): UnknownCall {
  return { provider, unitKey, worstUsd, startedAt };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
