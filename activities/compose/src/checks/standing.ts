import { msOf, type Timeline, type Visual } from '@aura/proto';
import type { FilmExpectation } from './film-facts.js';
import type { Interval } from './intervals.js';

/**
 * Where a film stands still or is dark because it was asked to be: pictures without motion, figures once they are
 * drawn, plain colours, and fades through a colour. Videos move by themselves; of them nothing is known.
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
    blackPictures: fades,
    stillPictures: visuals.filter(({ motion, source }) => !motion && !source?.clip).map(placeOf),
  };
}
