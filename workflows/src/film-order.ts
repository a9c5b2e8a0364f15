import type { FilmPlace, MakeVideoInput, RenderSpec, Segment, Shot } from '@aura/proto';
import type { FilmLabel } from './compose-stage.js';
import { framesOfFilm } from './shots.js';

export interface Shooting {
  shots: Shot[];
  segments: Segment[];
}

/** One of the films that a job makes of its scenes. */
export interface FilmOrder extends FilmLabel {
  render: RenderSpec;
  style: MakeVideoInput['style'];
  /** What its scenes say in other languages. */
  translations?: MakeVideoInput['translations'];
}

/** The film that was asked for first. */
export function filmOf({ render, style, translations }: MakeVideoInput): FilmOrder {
  return { label: '', render, style, translations };
}

/** Whether nobody will see a film. */
export function isSoundOnly({ render }: Pick<FilmOrder, 'render'>): boolean {
  return render.encoding?.audioOnly === true;
}

/** Where each shot lies in its film. */
export function placesOf(shots: readonly Pick<Shot, 'frames'>[]): FilmPlace[] {
  const filmFrames = framesOfFilm(shots);
  let next = 0;
  return shots.map(({ frames }) => ({ start: (next += frames) - frames, filmFrames }));
}
