import { stat } from 'node:fs/promises';
import { platformOf, type Warning } from '@aura/proto';
import type { FilmPlan } from '../film/film-plan.js';

/** What the film's platform will not take, although everything was asked for in its bounds. */
export async function warningsOf(
  { request, timeline }: FilmPlan,
  film: string,
): Promise<Warning[]> {
  const platform = platformOf(request.render.platform);
  if (!platform) return [];
  const { title, maxDurationMs, minDurationMs, maxBytes = Number.POSITIVE_INFINITY } = platform;
  const { size } = await stat(film);
  return [
    ...(timeline.durationMs > maxDurationMs
      ? [warning('FilmTooLong', `${title} takes films of at most ${seconds(maxDurationMs)}.`)]
      : []),
    ...(timeline.durationMs < minDurationMs
      ? [warning('FilmTooShort', `${title} takes films of at least ${seconds(minDurationMs)}.`)]
      : []),
    ...(size > maxBytes
      ? [warning('FilmTooLarge', `${title} takes files of at most ${maxBytes / 1_000_000} MB.`)]
      : []),
  ];
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

function warning(code: string, message: string): Warning {
  return { code, message, stage: 'compose', sceneId: '' };
}
