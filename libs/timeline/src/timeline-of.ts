import {
  framesCovering,
  framesOf,
  rateOf,
  type Caption,
  type CaptionTrack,
  type Chapter,
  type FilmStyle,
  type PlacedNarration,
  type RenderSpec,
  type Shot,
  type Sound,
  type Overlay,
  type Speech,
  type Timeline,
  type Visual,
} from '@aura/proto';
import { overlaysOfFilm } from './overlays.js';
import { soundsOf } from './sounds.js';
import { visualOf } from './visual-of.js';

export const TIMELINE_VERSION = 1;

/** What a film is made from. Times are frames of the film. */
export interface FilmParts {
  render: RenderSpec;
  style?: FilmStyle | undefined;
  shots: readonly Shot[];
  captions: readonly Caption[];
  /** In other languages. */
  captionTracks?: readonly CaptionTrack[] | undefined;
  chapters?: readonly Chapter[] | undefined;
  /** Where the shots do not decide when something is said. */
  narrations?: readonly PlacedNarration[] | undefined;
  /** Of a timeline of the user's. */
  own?: { overlays: readonly Overlay[]; sounds: readonly Sound[] } | undefined;
}

/** The whole film as a value: one shot after the other, and what lies over and under them. */
export function timelineOf(film: FilmParts): Timeline {
  const { render, style, shots, own, captionTracks = [] } = film;
  const starts = startsOf(shots);
  const frames = framesOfShots(shots);
  return {
    version: TIMELINE_VERSION,
    widthPx: render.widthPx,
    heightPx: render.heightPx,
    rate: rateOf(render),
    frames,
    visuals: shots.map((shot, index): Visual => {
      return visualOf(shot, film, { start: starts[index] ?? 0, isFirst: index === 0 });
    }),
    overlays: [...overlaysOfFilm(style?.overlays ?? [], frames), ...(own?.overlays ?? [])],
    captions: [...film.captions],
    narration: film.narrations ? placedSpeech(film.narrations) : speechOfShots(shots, render),
    sounds: [...soundsOf(style?.sound, frames), ...(own?.sounds ?? [])],
    chapters: [...(film.chapters ?? [])],
    ...(captionTracks.length > 0 ? { captionTracks: { tracks: [...captionTracks] } } : {}),
  };
}

/** The frame that each shot begins at. */
export function startsOf(shots: readonly Pick<Shot, 'frames'>[]): number[] {
  let next = 0;
  return shots.map(({ frames }) => (next += frames) - frames);
}

export function framesOfShots(shots: readonly Pick<Shot, 'frames'>[]): number {
  return shots.reduce((sum, { frames }) => sum + frames, 0);
}

/** The frame of a shot at which its narration begins. */
export function leadFrames({ leadMs }: Pick<Shot, 'leadMs'>, render: RenderSpec): number {
  return framesOf(leadMs, rateOf(render));
}

function speechOfShots(shots: readonly Shot[], render: RenderSpec): Speech[] {
  const starts = startsOf(shots);
  return shots.flatMap((shot, index) => {
    const { audio, durationMs } = shot.narration;
    const lead = leadFrames(shot, render);
    const frames = Math.min(framesCovering(durationMs, rateOf(render)), shot.frames - lead);
    const start = (starts[index] ?? 0) + lead;
    return frames > 0 ? [{ sceneId: shot.sceneId, start, frames, audio, text: '' }] : [];
  });
}

function placedSpeech(narrations: readonly PlacedNarration[]): Speech[] {
  return narrations.map(({ start, frames, narration }) => {
    return { sceneId: '', start, frames, audio: narration.audio, text: '' };
  });
}
