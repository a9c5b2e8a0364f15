import { needsPlace, type Segment } from '@aura/proto';
import type { OwnCut } from './cut.js';
import { encoderOf, segmentsToRedo } from './gpu-queue.js';
import type { Production } from './production.js';
import { encodeOf } from './encode-of.js';
import { placesOf, type FilmOrder, type Shooting } from './film-order.js';

/**
 * The same shooting with all segments made by one encoder, see `segmentsToRedo`, and that encoder's name where it is
 * graphics hardware.
 */
export async function byOneEncoder(
  production: Production,
  film: FilmOrder,
  { shooting, language, own }: { shooting: Shooting; language: string; own: OwnCut | undefined },
): Promise<{ shooting: Shooting; hardware: string }> {
  const { shots } = shooting;
  // As they were asked for first: what a processor may have made of them already is found again.
  const places = own || film.label || needsPlace(film.style) ? placesOf(shots) : [];
  const segments: Segment[] = [...shooting.segments];
  const onProcessors = { ...film, render: { ...film.render, hardware: 'none' } };
  const redoing = segmentsToRedo(segments).map(async (index) => {
    const [shot, previous, place] = [shots[index]!, shots[index - 1], places[index]];
    const piece = { shot, previous, place, language, own };
    segments[index] = await encodeOf(production, onProcessors, piece);
  });
  await Promise.allSettled(redoing);
  await Promise.all(redoing);
  const hardware = segments[0] ? encoderOf(segments[0]) : '';
  return { shooting: { ...shooting, segments }, hardware };
}
