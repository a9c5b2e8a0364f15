import type { Chains, ProviderReport, WorkerReport } from '@aura/proto';

type ChainStage = keyof Chains;

/** The providers of a stage that can be used for this language, in the order of their registry. */
export function chainOf(
  stage: ChainStage,
  workers: readonly WorkerReport[],
  language: string,
): string[] {
  const reports = providersOf(stage, workers);
  const names = [...new Set(reports.map(({ name }) => name))];
  return names.filter((name) =>
    reports.some((report) => report.name === name && report.usable && speaks(report, language)),
  );
}

/** Why providers of a stage cannot be used, in one line each. */
export function obstaclesOf(
  stage: ChainStage,
  workers: readonly WorkerReport[],
  language: string,
): string[] {
  return providersOf(stage, workers)
    .filter((report) => !report.usable || !speaks(report, language))
    .map(
      ({ name, usable, reason }) => `${name}: ${usable ? `does not speak ${language}` : reason}`,
    );
}

function providersOf(stage: ChainStage, workers: readonly WorkerReport[]): ProviderReport[] {
  return workers.flatMap(({ providers }) => providers).filter((report) => report.stage === stage);
}

/** `languages` are BCP 47 prefixes; "pt" may also be asked of a voice that speaks "pt-BR" only. */
function speaks({ languages }: ProviderReport, language: string): boolean {
  return languages.length === 0 || languages.some((known) => isPrefix(known, language));
}

function isPrefix(known: string, language: string): boolean {
  const [a, b] = [`${known.toLowerCase()}-`, `${language.toLowerCase()}-`];
  return b.startsWith(a) || a.startsWith(b);
}
