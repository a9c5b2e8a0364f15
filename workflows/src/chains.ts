import type { Chains, PreflightReport } from '@aura/proto';

/** What preflight has told of a stage's provider; undefined from a preflight of earlier versions. */
export function factsOf(
  { providers }: Pick<PreflightReport, 'providers'>,
  stage: keyof Chains,
  name: string,
): PreflightReport['providers'][number]['facts'] {
  // Histories from before providers were reported have no list.
  const known = (providers as PreflightReport['providers'] | undefined) ?? [];
  return known.find((report) => report.stage === stage && report.name === name)?.facts;
}
