import type { FilmPlace, Segment, Shot } from '@aura/proto';
import { encode } from './compose-stage.js';
import { ownPart, type OwnCut } from './cut.js';
import type { FilmOrder } from './film-order.js';
import { styleOfSegment } from './film-style.js';
import type { Production } from './production.js';

/** A piece of a film that is to be encoded. */
export interface Piece {
  shot: Shot;
  previous: Shot | undefined;
  place: FilmPlace | undefined;
  language: string;
  own: OwnCut | undefined;
}

/** Asks for a segment with what shows in it, and no more. */
export function encodeOf(
  production: Production,
  { render, style, label }: FilmOrder,
  { shot, previous, place, language, own }: Piece,
): Promise<Segment> {
  const { frames } = shot;
  const request = {
    render,
    language,
    shot,
    ...(previous ? { previous } : {}),
    ...(style ? { style: styleOfSegment(style, { place, frames }) } : {}),
    ...(place ? { place } : {}),
    ...(own && place ? ownPart(own, { start: place.start, frames }) : {}),
  };
  return encode(production, request, { label });
}
