import type {
  Chains,
  ProviderChoice,
  ProviderReport,
  Replacement,
  WorkerReport,
} from '@aura/proto';
import type { ProviderKind } from './provider-entry.js';

/** What a job says about who is to make it. */
export interface Wish {
  /** Of the text that is written, spoken or shown, BCP 47. */
  language: string;
  /** Absent: automatic. */
  choice?: ProviderChoice | undefined;
  /** Names in the order in which they are asked; the others are left out. Empty or absent: all, as registered. */
  order?: readonly string[] | undefined;
}

export interface StageChain {
  /** Who can do it now, in the order of the stage's registry; the first is asked first. */
  providers: ProviderReport[];
  /** Who cannot, and why not. */
  unusable: { report: ProviderReport; code: string; reason: string }[];
  /** Who is configured, would have come first, and cannot do it now. */
  replacements: Replacement[];
}

/** What a job has to bring itself is in no chain but its own. */
const ONLY_NAMED: ReadonlySet<string> = new Set<ProviderKind>(['own-script', 'own-media']);

/**
 * One stage's provider chain for one job. A provider that is named stands alone; offline leaves out whatever
 * works on machines of others. Pure.
 */
export function chainOf(
  stage: keyof Chains,
  workers: readonly WorkerReport[],
  { language, choice, order }: Wish,
): StageChain {
  const asked = askedOf(reportsOf(stage, workers), choice?.[stage] ?? '', order);
  const obstacles = asked.map((report) => ({
    report,
    obstacle: obstacleOf(report, { language, choice }),
  }));
  const providers = obstacles.filter(({ obstacle }) => !obstacle).map(({ report }) => report);
  const unusable = obstacles.flatMap(({ report, obstacle }) => {
    return obstacle ? [{ report, ...obstacle }] : [];
  });
  return { providers, unusable, replacements: missedOf(stage, asked, { providers, unusable }) };
}

function askedOf(
  known: readonly ProviderReport[],
  named: string,
  order: readonly string[] = [],
): ProviderReport[] {
  if (named !== '') return known.filter(({ name }) => name === named);
  const open = known.filter(({ facts }) => !ONLY_NAMED.has(facts?.kind ?? ''));
  if (order.length === 0) return open;
  return order.flatMap((name) => open.find((report) => report.name === name) ?? []);
}

/** Names of a stage's providers, whether they can be used or not. */
export function namesOf(stage: keyof Chains, workers: readonly WorkerReport[]): string[] {
  return reportsOf(stage, workers).map(({ name }) => name);
}

/** One report for each provider: of several workers, one that can use it. */
function reportsOf(stage: keyof Chains, workers: readonly WorkerReport[]): ProviderReport[] {
  const byName = new Map<string, ProviderReport>();
  for (const report of workers.flatMap(({ providers }) => providers)) {
    if (report.stage !== stage || byName.get(report.name)?.usable) continue;
    byName.set(report.name, carried(report));
  }
  return [...byName.values()];
}

/** What is told of voices is long, and no job needs it. */
function carried(report: ProviderReport): ProviderReport {
  if (!report.facts?.voices) return report;
  const { voices: _, ...facts } = report.facts;
  return { ...report, facts };
}

const OFFLINE = 'InvalidInput:options.offline';
const SPEAKS_NOT = 'VoiceUnavailable:';

function obstacleOf(
  report: ProviderReport,
  { language, choice }: Wish,
): { code: string; reason: string } | undefined {
  if (choice?.offline && report.facts?.remote) {
    return { code: OFFLINE, reason: 'works elsewhere, and the job is to be made offline' };
  }
  if (!report.usable) return { code: report.code ?? '', reason: report.reason };
  if (speaks(report, language)) return undefined;
  return { code: `${SPEAKS_NOT}${language}`, reason: `does not speak ${language}` };
}

/**
 * What is not configured is not missed, and what the user has left out is not replaced; nor is a voice of this machine
 * that does not speak the language: nobody has set it up for that.
 */
function missedOf(
  stage: keyof Chains,
  asked: readonly ProviderReport[],
  { providers, unusable }: Omit<StageChain, 'replacements'>,
): Replacement[] {
  const [first] = providers;
  if (!first) return [];
  const place = { stage, sceneId: '', unit: '', used: first.name };
  return unusable
    .filter(({ report, code }) => report.facts?.configured === true && code !== OFFLINE)
    .filter(({ report: { facts }, code }) => facts?.account !== '' || !code.startsWith(SPEAKS_NOT))
    .filter(({ report }) => asked.indexOf(report) < asked.indexOf(first))
    .map(({ report, code, reason }) => ({ ...place, asked: report.name, code, reason }));
}

/** `languages` are BCP 47 prefixes; "pt" may also be asked of a voice that speaks "pt-BR" only. */
function speaks({ languages }: ProviderReport, language: string): boolean {
  return languages.length === 0 || languages.some((known) => isPrefix(known, language));
}

function isPrefix(known: string, language: string): boolean {
  const [a, b] = [`${known.toLowerCase()}-`, `${language.toLowerCase()}-`];
  return b.startsWith(a) || a.startsWith(b);
}
