import { msOf, rateOf, type AssembleFilmRequest, type FrameStretch } from '@aura/proto';
import { merged, type Interval } from './intervals.js';
import type { SeenContent } from './measure-content.js';

/**
 * What was seen in the film's frames while they were drawn, in ms of the film; undefined where one of its segments
 * does not know.
 */
export function seenContent({
  segments,
  render,
}: Pick<AssembleFilmRequest, 'segments' | 'render'>): SeenContent | undefined {
  const rate = rateOf(render);
  const blacks: Interval[] = [];
  const freezes: Interval[] = [];
  let first = 0;
  for (const { seen, frames } of segments) {
    if (!seen) return undefined;
    const from = first;
    const inFilm = ({ start, frames: count }: FrameStretch): Interval => ({
      startMs: msOf(from + start, rate),
      endMs: msOf(from + start + count, rate),
    });
    blacks.push(...seen.blacks.map(inFilm));
    freezes.push(...seen.freezes.map(inFilm));
    first += frames;
  }
  // What goes on over the end of a segment is one stretch; times are rounded, frames are not.
  return { blacks: merged(blacks, 1), freezes: merged(freezes, 1) };
}
