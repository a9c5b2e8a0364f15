import type { Sound, SoundStyle } from '@aura/proto';

/** So many sounds may be heard at the same time; each that is made here holds some 50 MB of notes. */
export const MOST_SOUNDS_AT_ONCE = 8;

/**
 * The first sound, by its place in the list, that is one too many when it begins. Effects and sounds of the user's own
 * that do not go round are over sooner than their order says, nobody knows when: they are not counted. Pure.
 */
export function soundTooMany(sounds: readonly Sound[]): number | undefined {
  const at = sounds.findIndex((sound, index) => {
    const others = sounds.filter((other, place) => {
      const isBefore = other.start < sound.start || (other.start === sound.start && place < index);
      return isBefore && lasts(other) && other.start + other.frames > sound.start;
    });
    return lasts(sound) && others.length >= MOST_SOUNDS_AT_ONCE;
  });
  return at < 0 ? undefined : at;
}

function lasts({ kind, mood, loop }: Sound): boolean {
  return kind !== 'effect' && (mood !== '' || loop);
}

/** What a style lets sound under the narration of a film of so many frames; 0 frames of a sound mean until its end. */
export function soundsOf(style: SoundStyle | undefined, filmFrames: number): Sound[] {
  const { music, effects = [] } = style ?? {};
  return [...(music ? [music] : []), ...effects].flatMap((sound) => {
    const frames = Math.min(sound.frames || filmFrames, filmFrames - sound.start);
    return frames > 0 ? [{ ...sound, frames }] : [];
  });
}
