import { stat } from 'node:fs/promises';
import path from 'node:path';
import { inputGuards, runWatchedFfmpeg } from '@aura/media';
import { Failure } from '@aura/failure';
import { encodingOf, msOf, perSecond, rateOf, type FilmEncoding } from '@aura/proto';
import { CROSSFADE_MS } from '@aura/timeline';
import type { Interval } from '../checks/intervals.js';
import type { ComposeTools } from '../compose-deps.js';
import type { FilmPlace, FilmPlan } from '../film/film-plan.js';
import { FILM_FILE } from '../film/join-film.js';
import { thumbnailFrame } from '../film/thumbnail-frame.js';
import { FFMPEG_HEAD } from '../segment/encoder-args.js';
import { areBurned } from '../timeline/shown-captions.js';
import { bestLook } from './best-look.js';
import { decodersOf, demuxerOf } from './codec-facts.js';
import type { Look } from './glance.js';
import { screenFilters } from './screen-filters.js';

export const THUMBNAIL_FILE = 'thumbnail.jpg';
const MAX_SIDE_PX = 1_280;

/** The film's best picture as a JPEG; one of its first scene where none stands out. */
export async function makeThumbnail(
  { ffmpegPath, stallMs }: ComposeTools,
  plan: FilmPlan,
  looks: readonly Look[],
  { folder, signal }: FilmPlace,
): Promise<void> {
  const { render } = plan.request;
  const rate = rateOf(render);
  const best = bestLook(looks, coveredIn(plan));
  const atMs = best?.atMs ?? msOf(frameOfFirstShot(plan), rate);
  const args = thumbnailArgs({
    film: FILM_FILE,
    encoding: encodingOf(render),
    atS: atMs / 1_000,
    widthPx: Math.min(MAX_SIDE_PX, render.widthPx),
    output: THUMBNAIL_FILE,
  });
  await runWatchedFfmpeg(ffmpegPath, args, { step: 'mux', cwd: folder, signal, stallMs });
  const { size } = await stat(path.join(folder, THUMBNAIL_FILE));
  if (size === 0) throw new Failure('FilmInvalid:thumbnail', 'The thumbnail is empty.');
}

function frameOfFirstShot(plan: FilmPlan): number {
  const { render, shots } = plan.request;
  return thumbnailFrame(burnedIn(plan), shots[0]?.frames ?? 1, perSecond(rateOf(render)));
}

/** A picture has come in whole when its transition is over and what draws itself is drawn. */
const SETTLED_MS = 700;

function coveredIn(plan: FilmPlan): Interval[] {
  const { request, timeline } = plan;
  const transitionMs = Math.max(CROSSFADE_MS, request.style?.transitionMs ?? 0);
  const comingIn = timeline.shots.map(({ startMs }) => ({
    startMs,
    endMs: startMs + transitionMs + SETTLED_MS,
  }));
  return [...comingIn, ...burnedIn(plan)];
}

/** When captions are part of the picture. */
function burnedIn({ request, film }: FilmPlan): Interval[] {
  if (!areBurned(request.style?.captions)) return [];
  const rate = rateOf(request.render);
  return film.captions.map(({ start, frames }) => ({
    startMs: msOf(start, rate),
    endMs: msOf(start + frames, rate),
  }));
}

export interface ThumbnailRequest {
  film: string;
  encoding: FilmEncoding;
  atS: number;
  widthPx: number;
  output: string;
}

/** One frame of the film as a JPEG (JFIF: full range, BT.601). */
export function thumbnailArgs(request: ThumbnailRequest): string[] {
  const { film, encoding, atS, widthPx, output } = request;
  const scale = `scale=${widthPx}:-2:flags=lanczos+accurate_rnd`;
  const colour = 'in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=pc';
  const filters = [...screenFilters(encoding), `${scale}:${colour}`, 'format=yuvj420p'];
  return [
    FFMPEG_HEAD,
    inputGuards(demuxerOf(encoding.container), decodersOf(encoding)),
    [
      '-threads',
      '1',
      '-ss',
      // Not a moment later than the frame: FFmpeg takes the first one from there on, and exits well without any.
      (Math.floor(atS * 1_000) / 1_000).toFixed(3),
      '-i',
      `file:${film}`,
      '-map',
      '0:v:0',
      '-frames:v',
      '1',
    ],
    ['-vf', filters.join(','), '-c:v', 'mjpeg', '-q:v', '3'],
    ['-map_metadata', '-1', '-fflags', '+bitexact', '-f', 'mjpeg', `file:${output}`],
  ].flat();
}
