import path from 'node:path';
import type { AssembleFilmRequest, Film } from '@aura/proto';
import { progress, unitOfWork, type WorkPlace } from '@aura/work';
import type { ComposeTools } from '../compose-deps.js';
import { withDiskFailures } from '../disk-failures.js';
import { checkFilm } from './check-film.js';
import { FILM_FILE, joinFilm } from './join-film.js';
import { filmCaptions, type FilmPlan, planFilm, requireSegments } from './film-plan.js';
import { soundOf } from './film-sound.js';
import { makeThumbnail } from './make-thumbnail.js';

/** Bumped whenever the same request gives another film. */
const RECIPE = 2;

/**
 * Joins the segments, masters the sound once over the whole film and proves the result, before anything
 * of it is published.
 * Errors: FilmInvalid:<check>, NarrationInvalid, ArtifactGone, BlobCorrupt, FFmpegNotFound,
 * FFmpegFailedExitCode, OutOfDiskSpace, StepTimeout:mux.
 */
export async function assembleFilm(
  tools: ComposeTools,
  request: AssembleFilmRequest,
): Promise<Film> {
  requireSegments(request);
  return unitOfWork(
    tools.store,
    {
      job: request.job,
      unit: 'assembleFilm',
      provider: 'ffmpeg',
      recipe: RECIPE,
      inputs: filmInputs(request),
    },
    (place) => withDiskFailures(() => make(tools, request, place)),
  );
}

/** Everything that shows in a film or is heard. */
export function filmInputs({ render, title, language, shots, segments }: AssembleFilmRequest) {
  return {
    render,
    title,
    language,
    shots: shots.map(({ frames, leadMs, narration }) => ({
      frames,
      leadMs,
      audio: narration.audio.sha256,
      timings: narration.timings.sha256,
    })),
    segments: segments.map(({ video }) => video.sha256),
  };
}

async function make(
  tools: ComposeTools,
  request: AssembleFilmRequest,
  { scratch, key, signal }: WorkPlace,
): Promise<Film> {
  const plan = await planFilm(tools.store, request);
  progress(1, 'mixing the sound');
  await soundOf(tools, plan, { folder: scratch, signal });
  progress(25, 'joining the scenes');
  await joinFilm(tools, plan, { folder: scratch, signal });
  progress(35, 'checking the film');
  const heard = await checkFilm(tools, plan, { folder: scratch, signal });
  progress(96, 'publishing the film');
  const thumbnail = await makeThumbnail(tools, plan, { folder: scratch, signal });
  return { ...(await publish(tools, plan, { scratch, thumbnail })), ...heard, unitKey: key };
}

type Published = Omit<Film, 'loudnessLufs' | 'truePeakDbtp' | 'unitKey'>;

async function publish(
  { store }: ComposeTools,
  plan: FilmPlan,
  { scratch, thumbnail }: { scratch: string; thumbnail: string },
): Promise<Published> {
  const { render } = plan.request;
  return {
    captions: await store.putBytes(filmCaptions(plan), 'application/x-subrip'),
    thumbnail: await store.putFile(path.join(scratch, thumbnail), 'image/jpeg'),
    video: await store.putFile(path.join(scratch, FILM_FILE), 'video/mp4'),
    durationMs: Math.round(plan.timeline.durationMs),
    frames: plan.timeline.frames,
    widthPx: render.widthPx,
    heightPx: render.heightPx,
    fps: render.fps,
    videoCodec: 'h264',
    audioCodec: 'aac',
    warnings: [],
  };
}
