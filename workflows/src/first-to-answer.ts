import { isCancellation, TemporalFailure } from '@temporalio/workflow';
import type { FailureReport, Replacement } from '@aura/proto';
import { reportOf, UnitFailure, type FailurePlace } from './failures.js';
import { asOfTheDay, naming } from './told.js';

export interface Walk extends FailurePlace {
  /** Providers in the order in which they are tried; the first is the one that is wanted. */
  chain: readonly string[];
  /** The credential that a provider works with; empty where it needs none. */
  accountOf: (provider: string) => string;
  /** Credentials that were refused in this job, for everything or for a stage, and how: nobody asks so again. */
  refused: Map<string, FailureReport>;
  /** How each provider of the chain failed first in this job: why it is left alone, where it is. */
  causes: Map<string, FailureReport>;
  /** A provider's failure that nobody else may make good. */
  isFinal: (report: FailureReport) => boolean;
  /** What the job may spend is what was left of the day's budget. */
  isCapOfDay?: boolean;
  /** Asks whether more may be spent: true has the provider asked again. Absent: nobody is to be asked that. */
  askForMore?: ((provider: string, report: FailureReport) => Promise<boolean>) | undefined;
  /** Called once, with who has answered. */
  onAnswered: (provider: string, take?: number) => void;
  /** Called once where another than the first has answered. */
  onReplaced: (replacement: Replacement) => void;
}

/** What no further call with the same credential can change: at all, or at the same stage. */
const REFUSALS: Readonly<Record<string, 'account' | 'stage'>> = {
  AUTH_FAILED: 'account',
  QUOTA_EXCEEDED: 'account',
  PERMISSION_DENIED: 'stage',
};

/**
 * Walks a provider chain: one activity per provider, so that every replacement stands in the history.
 * It moves on only where the provider is at fault; a rejected request or a full disk is not shopped around.
 * Throws the failure of the last provider that was asked, with what the others said in its details.
 */
export async function firstToAnswer<T>(
  {
    chain,
    accountOf,
    refused,
    causes,
    isFinal,
    isCapOfDay,
    askForMore,
    onAnswered,
    onReplaced,
    ...place
  }: Walk,
  call: (provider: string) => Promise<T>,
): Promise<T> {
  const passed: { provider: string; report: FailureReport }[] = [];
  for (const provider of chain) {
    const account = accountOf(provider);
    const ofStage = `${account} ${whereOf(place).stage}`;
    const known = account ? (refused.get(account) ?? refused.get(ofStage)) : undefined;
    if (known) {
      passed.push({ provider, report: leftAlone(known, place) });
      continue;
    }
    try {
      const asked = () => call(provider);
      const more = askForMore && ((report: FailureReport) => askForMore(provider, report));
      const answer = await (more ? paid(asked, place, more) : asked());
      onAnswered(provider);
      const [wanted, ...others] = passed;
      if (wanted) {
        const line = replacement(wanted.report, place.unit, [wanted.provider, provider]);
        onReplaced({ ...line, reason: [line.reason, ...others.map(inShort)].join(' ') });
      }
      return answer;
    } catch (error) {
      if (isCancellation(error) || !(error instanceof TemporalFailure)) throw error;
      const met = reportOf(error, place);
      const report = isCapOfDay ? asOfTheDay(met) : met;
      if (report.fault !== 'provider' || isFinal(report)) {
        throw new UnitFailure(naming(report, { provider, chain }), error);
      }
      const scope = REFUSALS[report.code];
      if (account && scope) refused.set(scope === 'account' ? account : ofStage, report);
      passed.push({ provider, report: withCause(report, { provider, causes, place }) });
    }
  }
  throw new UnitFailure(summed(passed, chain, place), undefined);
}

/** As often as more is granted. */
async function paid<T>(
  asked: () => Promise<T>,
  place: FailurePlace,
  more: (report: FailureReport) => Promise<boolean>,
): Promise<T> {
  for (;;) {
    try {
      return await asked();
    } catch (error) {
      if (isCancellation(error) || !(error instanceof TemporalFailure)) throw error;
      const report = reportOf(error, place);
      if (report.code !== 'BUDGET_EXCEEDED' || !(await more(report))) throw error;
    }
  }
}

/** What no breaker counts, and so has opened none. */
const NO_CAUSES: ReadonlySet<string> = new Set([...Object.keys(REFUSALS), 'BUDGET_EXCEEDED']);

/**
 * That a breaker is open is only what followed: the cause is what the provider did before. Only for what is told: where
 * the walk goes on is decided by what this unit itself has met.
 */
function withCause(
  report: FailureReport,
  { provider, causes, place }: { provider: string; causes: Walk['causes']; place: FailurePlace },
): FailureReport {
  const cause = causes.get(provider);
  if (report.code === 'CIRCUIT_OPEN') return cause ? leftAlone(cause, place) : report;
  if (!cause && !NO_CAUSES.has(report.code)) causes.set(provider, report);
  return report;
}

/** What a unit is told that nobody was asked for: the cause, where it was met, and that this is why. */
function leftAlone(cause: FailureReport, place: FailurePlace): FailureReport {
  const where = cause.sceneId === '' ? `the step ${cause.step}` : `scene ${cause.sceneId}`;
  const message = `At ${where}, and left alone from then on: ${cause.message}`;
  return { ...cause, ...whereOf(place), message };
}

function whereOf(place: FailurePlace): Pick<FailureReport, 'stage' | 'step' | 'sceneId'> {
  const { stage, step, sceneId } = reportOf(undefined, place);
  return { stage, step, sceneId };
}

/** What kept one from it who came between the wanted and the one that did it. */
function inShort({ provider, report }: { provider: string; report: FailureReport }): string {
  return `(${provider}: ${report.code})`;
}

function replacement(
  { stage, sceneId, code, message: reason }: FailureReport,
  unit: string,
  [asked, used]: [asked: string, used: string],
): Replacement {
  return { stage, sceneId, unit, asked, used, code, reason };
}

function summed(
  passed: { provider: string; report: FailureReport }[],
  chain: readonly string[],
  place: FailurePlace,
): FailureReport {
  const last = passed.at(-1);
  if (!last) {
    const nobody = reportOf(undefined, place);
    return { ...nobody, message: 'No provider is configured for this stage.' };
  }
  const others = passed.slice(0, -1).map(({ provider, report }) => {
    return `${provider}: ${report.code}: ${report.message}`;
  });
  const told = naming(last.report, { provider: last.provider, chain });
  return { ...told, details: [told.details, ...others].filter(Boolean).join('\n') };
}
