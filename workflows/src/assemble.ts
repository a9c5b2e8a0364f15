import type { Film, Script } from '@aura/proto';
import { chaptersOf } from './chapters.js';
import { assemble } from './compose-stage.js';
import type { OwnCut } from './cut.js';
import type { Production } from './production.js';
import type { FilmOrder, Shooting } from './shoot.js';

/** Joins one of the films of a job. The chapters of an own timeline stand in it. */
export function assembleFilm(
  production: Production,
  { render, style, label }: FilmOrder,
  { script, shooting, own }: { script: Script; shooting: Shooting; own: OwnCut | undefined },
): Promise<Film> {
  const { title, language, scenes } = script;
  const chapters = own ? [] : chaptersOf(scenes, shooting.shots, render);
  const request = {
    render,
    title,
    language,
    ...shooting,
    ...(style ? { style } : {}),
    ...(chapters.length > 0 ? { chapters: { chapters } } : {}),
    ...(own ? { timeline: own.timeline, narrations: { narrations: own.narrations } } : {}),
  };
  return assemble(production, request, { label });
}
