import { msOf, type Timeline, type Visual } from '@aura/proto';
import type { FilmExpectation } from './film-facts.js';
import type { Interval } from './intervals.js';

/**
 * Where a film stands still or is dark because it was asked to be: pictures without motion, figures once they are
 * drawn, plain colours, clips of the user's own, and fades through a colour.
 */
export function standing({
  visuals,
  rate,
}: Timeline): Pick<FilmExpectation, 'blackPictures' | 'stillPictures'> {
  if (!rate) return { blackPictures: [], stillPictures: [] };
  const placeOf = ({ start, frames }: Pick<Visual, 'start' | 'frames'>): Interval => ({
    startMs: msOf(start, rate),
    endMs: msOf(start + frames, rate),
  });
  const fades = visuals.flatMap(({ start, transition }) =>
    transition?.kind === 'fade' ? [placeOf({ start, frames: transition.frames })] : [],
  );
  return {
    blackPictures: [...visuals.filter(isOwn).map(placeOf), ...fades],
    stillPictures: visuals.filter((visual) => !visual.motion).map(placeOf),
  };
}

function isOwn({ source }: Visual): boolean {
  return Boolean(source?.clip) || Boolean(source?.colour);
}
