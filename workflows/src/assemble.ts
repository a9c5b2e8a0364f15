import type { Film, Script } from '@aura/proto';
import { chaptersOf } from './chapters.js';
import { assemble } from './compose-stage.js';
import type { OwnCut } from './cut.js';
import type { Production } from './production.js';
import { byOneEncoder } from './one-encoder.js';
import type { FilmOrder, Shooting } from './film-order.js';

/** Joins one of the films of a job. The chapters of an own timeline stand in it. */
export async function assembleFilm(
  production: Production,
  film: FilmOrder,
  { script, shooting, own }: { script: Script; shooting: Shooting; own: OwnCut | undefined },
): Promise<Film> {
  const { render, style, label, translations } = film;
  const { title, language, scenes } = script;
  const even = await byOneEncoder(production, film, { shooting, language, own });
  const chapters = own ? [] : chaptersOf(scenes, shooting.shots, render);
  const request = {
    render,
    title,
    language,
    ...even.shooting,
    ...(style ? { style } : {}),
    ...(chapters.length > 0 ? { chapters: { chapters } } : {}),
    ...(translations ? { translations } : {}),
    ...(label ? { label } : {}),
    ...(own ? { timeline: own.timeline, narrations: { narrations: own.narrations } } : {}),
  };
  const made = await assemble(production, request, { label });
  return even.hardware === '' ? made : { ...made, hardware: even.hardware };
}
