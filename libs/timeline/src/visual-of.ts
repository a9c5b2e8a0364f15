import {
  rateOf,
  msOf,
  type ClipSource,
  type FilmStyle,
  type RenderSpec,
  type Shot,
  type Visual,
  type VisualSource,
} from '@aura/proto';
import { motionOf } from './motion.js';
import { transitionOf } from './transitions.js';

export interface VisualFilm {
  render: RenderSpec;
  style?: FilmStyle | undefined;
}

/**
 * What a shot shows, from frame `start` on: as a timeline of the user's has it, else as its style says. It does not
 * depend on its neighbours. `isFirst`: nothing is before it that it could take over from.
 */
export function visualOf(
  shot: Shot,
  film: VisualFilm,
  { start, isFirst }: { start: number; isFirst: boolean },
): Visual {
  const { sceneId, frames } = shot;
  const own = shot.visual;
  if (own) {
    const source = isEmpty(own.source) ? sourceOf(shot, film) : own.source;
    return withTransition({ ...own, sceneId, start, frames, source }, !isFirst && own.transition);
  }
  const source = sourceOf(shot, film);
  const motion = source.image ? motionOf(sceneId, frames, film) : undefined;
  const visual: Visual = { sceneId, start, frames, source, fit: film.style?.fit || 'cover' };
  return withTransition(
    motion ? { ...visual, motion } : visual,
    !isFirst && transitionOf(film.style, rateOf(film.render), frames),
  );
}

/** What of a picture fills the frame: the clip or the drawing that it is of, where there is one. */
function sourceOf({ picture, frames }: Shot, { render, style }: VisualFilm): VisualSource {
  const { image, clip, figure } = picture;
  if (clip) return { clip: lasting(clip, msOf(frames, rateOf(render))), colour: '' };
  const isDrawn = figure !== undefined && (style === undefined || style.figures);
  return isDrawn ? { figure, colour: '' } : { image, colour: '' };
}

/** A clip may be slowed to this share of its speed before it is shown twice. */
const SLOWEST = 0.8;
/** It also shows while the next shot takes over. */
const TAKEOVER_MS = 500;

/** A clip that is a little too short for its shot is shown a little more slowly, so that it need not begin anew. */
function lasting(clip: ClipSource, shotMs: number): ClipSource {
  const lengthMs = clip.toMs - clip.fromMs;
  const speed = Math.floor((100 * lengthMs) / (shotMs + TAKEOVER_MS)) / 100;
  return clip.loop && speed >= SLOWEST && speed < 1 ? { ...clip, speed } : clip;
}

function isEmpty(source: VisualSource | undefined): boolean {
  return !source || !(source.image || source.clip || source.figure || source.colour);
}

function withTransition(visual: Visual, transition: Visual['transition'] | false): Visual {
  const { transition: _own, ...bare } = visual;
  return transition ? { ...bare, transition } : bare;
}
