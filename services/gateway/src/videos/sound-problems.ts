import { FILM_BOUNDS, framesOf, rateOf, type MakeVideoInput, type Sound } from '@aura/proto';
import { MOST_SOUNDS_AT_ONCE, soundsOf, soundTooMany } from '@aura/timeline';

type Path = (string | number)[];

/** What a film lets sound under its narration, each with its place in the request. */
interface PlacedSound {
  sound: Sound;
  path: Path;
}

/**
 * Sounds of a style, and of a timeline, that no film could have: too many at once, or fades that take longer than what
 * they are of. How long a film of a brief is nobody knows yet, so what lasts until its end is held to its plan.
 */
export function soundProblems(
  { render, style, plan }: Pick<MakeVideoInput, 'render' | 'style' | 'plan'>,
  ofTimeline: readonly Sound[] | undefined,
): { path: Path; message: string }[] {
  const framesIn = (ms: number) => framesOf(ms, rateOf(render));
  const filmFrames = framesIn(plan.targetDurationMs);
  const own = (ofTimeline ?? []).map((sound, at) => {
    return { sound, path: ['timeline', 'sounds', at] };
  });
  // Of a timeline the length is known, and what begins after it is not heard.
  const lasts = ofTimeline ? filmFrames : framesIn(FILM_BOUNDS.maxDurationMs);
  const heard = [...placed(style, lasts), ...own];
  return [...crowded(heard), ...[...placed(style, filmFrames), ...own].flatMap(hurried)];
}

function placed(style: MakeVideoInput['style'], filmFrames: number): PlacedSound[] {
  const { music, effects = [] } = style?.sound ?? {};
  const path: Path = ['options', 'style', 'sound'];
  const all = [
    ...(music ? [{ sound: music, path: [...path, 'music'] }] : []),
    ...effects.map((sound, at) => ({ sound, path: [...path, 'sounds', at] })),
  ];
  return all.flatMap((one) => {
    const alone = { effects: [one.sound], loudnessLufs: 0, mono: false, denoise: false };
    return soundsOf(alone, filmFrames).map((sound) => ({ sound, path: one.path }));
  });
}

/** The one that is too many. Those of a timeline alone are told with the timeline. */
function crowded(heard: readonly PlacedSound[]) {
  const isOfStyle = ({ path }: PlacedSound) => path[0] === 'options';
  const at = soundTooMany(heard.map(({ sound }) => sound));
  const one = at === undefined ? undefined : heard[at];
  if (!one || !heard.some(isOfStyle)) return [];
  const message = `must not be heard while ${MOST_SOUNDS_AT_ONCE} others are`;
  return [{ path: one.path, message }];
}

function hurried({ sound: { fadeIn, fadeOut, frames }, path }: PlacedSound) {
  if (fadeIn + fadeOut <= frames) return [];
  return [{ path, message: 'must last at least as long as its fades' }];
}
