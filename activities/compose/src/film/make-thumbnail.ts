import { stat } from 'node:fs/promises';
import path from 'node:path';
import { runWatchedFfmpeg } from '@aura/media';
import { Failure } from '@aura/failure';
import type { ComposeTools } from '../compose-deps.js';
import { thumbnailArgs } from './film-args.js';
import type { FilmPlace, FilmPlan } from './film-plan.js';
import { FILM_FILE } from './join-film.js';
import { thumbnailFrame } from './thumbnail-frame.js';

const THUMBNAIL_FILE = 'thumbnail.jpg';
const MAX_WIDTH_PX = 1_280;

/** One frame of the film's first shot as a JPEG; gives its name. */
export async function makeThumbnail(
  { ffmpegPath, stallMs }: ComposeTools,
  { request, captions }: FilmPlan,
  { folder, signal }: FilmPlace,
): Promise<string> {
  const { fps, widthPx } = request.render;
  const frame = thumbnailFrame(captions[0]?.cues ?? [], request.shots[0]?.frames ?? 1, fps);
  const args = thumbnailArgs({
    film: FILM_FILE,
    atS: frame / fps,
    widthPx: Math.min(MAX_WIDTH_PX, widthPx),
    output: THUMBNAIL_FILE,
  });
  await runWatchedFfmpeg(ffmpegPath, args, { step: 'mux', cwd: folder, signal, stallMs });
  const { size } = await stat(path.join(folder, THUMBNAIL_FILE));
  if (size === 0) throw new Failure('FilmInvalid:thumbnail', 'The thumbnail is empty.');
  return THUMBNAIL_FILE;
}
