import type { Scene } from '../gen/aura/v1/video.js';
import { withClips } from './clips-in-chain.js';
import { FIGURES, OWN_MEDIA, type MakeVideoInput } from './make-video.js';

/** Scenes whose content must be read, not only heard: no generated or found picture shows it. */
const WRITTEN: ReadonlySet<string> = new Set(['title', 'list', 'number', 'quote', 'closing']);

/** What decides who pictures a scene; `brief` is what the film was asked for with. */
export type PicturedScene = Pick<Scene, 'kind' | 'media' | 'figure'> &
  Partial<Pick<Scene, 'visualPrompt'>> & { brief?: string | undefined };

/**
 * The providers that may picture a scene, in order. Data is drawn as a figure, and what must be read is drawn too, where
 * a drawing provider is in the chain; everything else goes through the chain as it is, save that clips come where they are wished for. Before all of them comes the user's own picture:
 * the others take its place only where it cannot be shown.
 */
export function pictureChain(
  chain: readonly string[],
  scene: PicturedScene,
  kindOf: (provider: string) => string,
): string[] {
  const { kind, media, figure, ...wish } = scene;
  if (media) return [OWN_MEDIA, ...pictureChain(chain, { kind, figure, ...wish }, kindOf)];
  const others = chain.filter((provider) => provider !== FIGURES);
  if (figure && others.length < chain.length) {
    return [FIGURES, ...pictureChain(others, { kind, ...wish }, kindOf)];
  }
  // Who names it alone has every scene drawn by it.
  if (others.length === 0) return [...chain];
  if (!WRITTEN.has(kind)) return withClips(others, wish, kindOf);
  const isDrawn = (provider: string) => kindOf(provider) === 'drawing';
  return [...others.filter(isDrawn), ...others.filter((provider) => !isDrawn(provider))];
}

/** A scene as its film wants it pictured: a style may do without figures. */
export function pictureWish(
  { figure, ...scene }: Scene,
  { style, brief }: Pick<MakeVideoInput, 'style' | 'brief'>,
): PicturedScene {
  const wished = { ...scene, brief: brief.text };
  return !figure || style?.figures === false ? wished : { ...wished, figure };
}
