import type { FailureReport } from '@aura/proto';

/** Words of the codes' rows that are untrue where nobody else may be asked. */
const SPEAKS_OF_OTHERS: ReadonlySet<string> = new Set([
  'API_ERROR',
  'CONTENT_REFUSED',
  'PictureInvalid',
]);

/** Whose failure it is, for people who know their providers by name. Pure. */
export function naming(
  report: FailureReport,
  { provider, chain }: { provider: string; chain: readonly string[] },
): FailureReport {
  if (report.fault !== 'provider') return report;
  const words = report.message.toLowerCase().split(/[^\w-]+/);
  const isNamed = words.includes(provider.toLowerCase());
  const message = isNamed ? report.message : `${provider}: ${report.message}`;
  if (chain.length > 1 || !SPEAKS_OF_OTHERS.has(report.code)) return { ...report, message };
  const remediation = `Nobody but ${provider} could be asked. Make the film again, give another picture or wording, or leave the choice to Aura, and another provider takes its place.`;
  return { ...report, message, remediation };
}

/** A call that the job's share of the day's budget did not hold, said as such: no cap of the job's own is too small. Pure. */
export function asOfTheDay(report: FailureReport): FailureReport {
  if (report.code !== 'BUDGET_EXCEEDED') return report;
  return {
    ...report,
    message:
      'The budget of the day (AURA_DAY_BUDGET_USD) has too little left for this job to make this call.',
    remediation:
      'Wait until the day (UTC) is over or other jobs have ended, or raise AURA_DAY_BUDGET_USD; those that cost nothing do the work where no provider is named.',
  };
}
