import { OWN_MEDIA, type Chains, type PreflightReport, type Scene } from '@aura/proto';

/** Scenes whose content must be read, not only heard: no generated or found picture shows it. */
const WRITTEN: ReadonlySet<string> = new Set(['title', 'list', 'number', 'quote', 'closing']);

/**
 * The providers that may picture a scene, in order. What must be read is drawn where a drawing provider is
 * in the chain; everything else goes through the chain as it is. Before all of them comes the user's own picture:
 * the others take its place only where it cannot be shown.
 */
export function pictureChain(
  chain: readonly string[],
  { kind, media }: Pick<Scene, 'kind' | 'media'>,
  kindOf: (provider: string) => string,
): string[] {
  if (media) return [OWN_MEDIA, ...pictureChain(chain, { kind }, kindOf)];
  if (!WRITTEN.has(kind)) return [...chain];
  const isDrawn = (provider: string) => kindOf(provider) === 'drawing';
  return [...chain.filter(isDrawn), ...chain.filter((provider) => !isDrawn(provider))];
}

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
