import type { ProviderHealth, ProviderReport, WorkerReport } from '@aura/proto';
import { worstBreaker } from '@aura/provider';
import { stageTitle } from '../videos/facade.js';
import type { ProviderView } from './providers-schema.js';

/** Every provider once, in the order of the chains: what all workers together say of it. Pure. */
export function providerViews(workers: readonly WorkerReport[]): ProviderView[] {
  const groups = new Map<string, ProviderReport[]>();
  for (const report of workers.flatMap(({ providers }) => providers)) {
    const key = `${report.stage} ${report.name}`;
    groups.set(key, [...(groups.get(key) ?? []), report]);
  }
  const all = [...groups.values()];
  return all.map((reports) => ({ ...viewOf(reports), alsoAt: otherStagesOf(reports, all) }));
}

/** Where else the same credential works: what is refused or spent there is so here. */
function otherStagesOf(
  [own]: readonly ProviderReport[],
  all: readonly (readonly ProviderReport[])[],
): ProviderView['alsoAt'] {
  const account = own?.facts?.account ?? '';
  const others = all.flatMap(([first]) =>
    account !== '' && first?.facts?.account === account && first.stage !== own?.stage
      ? [stageTitle(first.stage)]
      : [],
  );
  return [...new Set(others)];
}

function viewOf(reports: ProviderReport[]): Omit<ProviderView, 'alsoAt'> {
  const usable = reports.filter((report) => report.usable);
  const best = usable[0] ?? reports.find(({ facts }) => facts?.configured) ?? reports[0]!;
  const { name, stage, facts } = best;
  const isConfigured = usable.length > 0 || facts?.configured === true;
  return {
    name,
    stage: stageTitle(stage),
    kind: facts?.kind ?? '',
    gives: facts?.gives ?? '',
    remote: facts?.remote ?? false,
    status: usable.length > 0 ? 'available' : isConfigured ? 'unavailable' : 'not-configured',
    code: (usable.length === 0 && best.code) || null,
    reason: (usable.length === 0 && best.reason) || null,
    languages: best.languages,
    models: [...new Set(reports.flatMap((report) => report.facts?.models ?? []))],
    ...healthOf(reports.flatMap(({ health }) => health ?? [])),
    workers: usable.length,
  };
}

/** Breakers are the workers' own; the worst is told, the counts are added up. */
function healthOf(
  healths: ProviderHealth[],
): Pick<ProviderView, 'breaker' | 'calls' | 'failures' | 'errorRate' | 'lastError'> {
  const calls = sum(healths.map((health) => health.calls));
  const failures = sum(healths.map((health) => health.failures));
  const [last] = healths
    .filter(({ lastErrorAt }) => lastErrorAt !== '')
    .toSorted((a, b) => b.lastErrorAt.localeCompare(a.lastErrorAt));
  return {
    breaker: worstBreaker(healths.map(({ breaker }) => breaker)),
    calls,
    failures,
    errorRate: calls === 0 ? null : Math.min(1, failures / calls),
    lastError: last ? { code: last.lastError, at: last.lastErrorAt } : null,
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
