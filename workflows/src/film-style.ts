import {
  changesWithTime,
  framesOf,
  msOf,
  rateOf,
  type FilmPlace,
  type FilmStyle,
  type FrameRate,
  type RenderSpec,
  type Sound,
} from '@aura/proto';

/**
 * What of a style concerns one segment: overlays that do not meet it are left out, and what sounds. So requests stay
 * small however much is laid over the film.
 */
export function styleOfSegment(
  style: FilmStyle,
  { place, frames }: { place: FilmPlace | undefined; frames: number },
): FilmStyle {
  const { sound: _heard, ...seen } = style;
  const overlays = style.overlays.filter((overlay) => {
    if (!place || !changesWithTime(overlay)) return true;
    const end = overlay.frames > 0 ? overlay.start + overlay.frames : place.filmFrames;
    return overlay.start < place.start + frames && end > place.start;
  });
  return { ...seen, overlays };
}

/** Temporal takes no more than 4 MB at once, and what a workflow asks for in one go is one message. */
const MOST_BYTES = 3_000_000;
/** Of an encoding without its style: two shots with the largest figures that there are. */
const SHOTS_BYTES = 24_000;
const MOST_BYTES_A_CHARACTER = 3;

/** How many encodings may be asked for in one go: each carries its style, so that it alone says what shows in it. */
export function encodingsAtOnce(style: FilmStyle | undefined): number {
  const styleBytes = MOST_BYTES_A_CHARACTER * JSON.stringify(style ?? {}).length;
  return Math.max(1, Math.floor(MOST_BYTES / (SHOTS_BYTES + styleBytes)));
}

/** A style whose times are counted in the frames of another film of the job. */
export function styleAtRate(style: FilmStyle, from: RenderSpec, to: RenderSpec): FilmStyle {
  const [before, after] = [rateOf(from), rateOf(to)];
  if (isSame(before, after)) return style;
  const frames = (count: number) =>
    count === 0 ? 0 : Math.max(1, framesOf(msOf(count, before), after));
  const timed = <T extends { start: number; frames: number }>(one: T): T => {
    return { ...one, start: frames(one.start), frames: frames(one.frames) };
  };
  const heard = (sound: Sound): Sound => {
    return { ...timed(sound), fadeIn: frames(sound.fadeIn), fadeOut: frames(sound.fadeOut) };
  };
  const { sound } = style;
  return {
    ...style,
    overlays: style.overlays.map(timed),
    ...(sound
      ? {
          sound: {
            ...sound,
            ...(sound.music ? { music: heard(sound.music) } : {}),
            effects: sound.effects.map(heard),
          },
        }
      : {}),
  };
}

function isSame(a: FrameRate, b: FrameRate): boolean {
  return a.numerator * b.denominator === b.numerator * a.denominator;
}
