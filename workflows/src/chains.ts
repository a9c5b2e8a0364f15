import { FIGURES, OWN_MEDIA, type Chains, type PreflightReport, type Scene } from '@aura/proto';

/** Scenes whose content must be read, not only heard: no generated or found picture shows it. */
const WRITTEN: ReadonlySet<string> = new Set(['title', 'list', 'number', 'quote', 'closing']);

/**
 * The providers that may picture a scene, in order. Data is drawn as a figure, and what must be read is drawn too, where
 * a drawing provider is in the chain; everything else goes through the chain as it is. Before all of them comes the user's own picture:
 * the others take its place only where it cannot be shown.
 */
export function pictureChain(
  chain: readonly string[],
  { kind, media, figure }: Pick<Scene, 'kind' | 'media' | 'figure'>,
  kindOf: (provider: string) => string,
): string[] {
  if (media) return [OWN_MEDIA, ...pictureChain(chain, { kind, figure }, kindOf)];
  const others = chain.filter((provider) => provider !== FIGURES);
  if (figure && others.length < chain.length) {
    return [FIGURES, ...pictureChain(others, { kind }, kindOf)];
  }
  // Who names it alone has every scene drawn by it.
  if (others.length === 0) return [...chain];
  if (!WRITTEN.has(kind)) return others;
  const isDrawn = (provider: string) => kindOf(provider) === 'drawing';
  return [...others.filter(isDrawn), ...others.filter((provider) => !isDrawn(provider))];
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
