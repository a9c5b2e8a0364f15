import type { Sound, SoundStyle } from '@aura/proto';

/** What a style lets sound under the narration of a film of so many frames; 0 frames of a sound mean until its end. */
export function soundsOf(style: SoundStyle | undefined, filmFrames: number): Sound[] {
  const { music, effects = [] } = style ?? {};
  return [...(music ? [music] : []), ...effects].flatMap((sound) => {
    const frames = Math.min(sound.frames || filmFrames, filmFrames - sound.start);
    return frames > 0 ? [{ ...sound, frames }] : [];
  });
}
