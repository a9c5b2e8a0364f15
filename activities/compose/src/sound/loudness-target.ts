import { platformOf, type RenderSpec, type SoundStyle } from '@aura/proto';
import { LOUDNESS } from '../film-constants.js';

/** How loud a film is to be, in LUFS: as ordered, else as its platform plays it, else −14. */
export function loudnessTargetOf(
  { platform }: Pick<RenderSpec, 'platform'>,
  style: SoundStyle | undefined,
): number {
  const ordered = style?.loudnessLufs ?? 0;
  if (ordered < 0) return ordered;
  return platformOf(platform)?.loudnessLufs ?? LOUDNESS.targetLufs;
}
