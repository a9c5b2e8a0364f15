import {
  encodingOf,
  msOf,
  rateOf,
  type AssembleFilmRequest,
  type Timeline as FilmTimeline,
} from '@aura/proto';
import { Failure } from '@aura/failure';
import type { ArtifactStore } from '@aura/storage';
import { captionFiles, trackFiles, type CaptionFile } from '../captions/caption-files.js';
import { readTimings } from '../captions/read-timings.js';
import type { ShotExpectation } from '../checks/film-facts.js';
import { merged } from '../checks/intervals.js';
import { readTimeline } from '../timeline/read-timeline.js';
import { timelineOf, type Timeline } from './timeline.js';

/** A film laid out in time: what is joined, said and expected. */
export interface FilmPlan {
  request: AssembleFilmRequest;
  timeline: Timeline;
  /** The film as a value, with all of its captions, in frames. */
  film: FilmTimeline;
  /** SubRip first. */
  captionFiles: CaptionFile[];
  /** In other languages, SubRip and WebVTT of each. */
  trackFiles: CaptionFile[];
  expectations: ShotExpectation[];
}

/** Where and under whose control a step of the film is done. */
export interface FilmPlace {
  folder: string;
  signal: AbortSignal | undefined;
}

/** Lays out the film. Errors: NarrationInvalid, ArtifactGone, BlobCorrupt. */
export async function planFilm(
  store: ArtifactStore,
  request: AssembleFilmRequest,
): Promise<FilmPlan> {
  const { render, language, style } = request;
  const timeline = timelineOf(request.shots, rateOf(render));
  const film = await readTimeline(store, request);
  const { captions } = film;
  return {
    request,
    timeline,
    film,
    captionFiles: captionFiles({ captions, render, language, style: style?.captions }),
    trackFiles: (film.captionTracks?.tracks ?? []).flatMap((track) =>
      trackFiles(track, rateOf(render)),
    ),
    expectations: await spokenIn(store, request, timeline),
  };
}

/** Errors: FilmInvalid:segments where the segments are not those of the shots. */
export function requireSegments({ render, shots, segments }: AssembleFilmRequest): void {
  // Sound alone has nothing to be cut from.
  if (encodingOf(render).audioOnly && shots.length > 0) return;
  const fits =
    shots.length > 0 &&
    shots.length === segments.length &&
    shots.every(({ sceneId, frames }, index) => {
      const segment = segments[index];
      return segment?.sceneId === sceneId && segment.frames === frames;
    });
  if (fits) return;
  throw new Failure('FilmInvalid:segments', 'The segments are not those of the scenes.', {
    details: `shots ${named(shots)}; segments ${named(segments)}`,
  });
}

function named(parts: readonly { sceneId: string; frames: number }[]): string {
  return parts.map(({ sceneId, frames }) => `${sceneId}:${frames}`).join(' ');
}

/** Pauses shorter than this belong to the speech. */
const PAUSE_MS = 300;

/** Where words are to be heard: of each shot, or of each narration where these are placed by themselves. */
async function spokenIn(
  store: ArtifactStore,
  { narrations, render }: AssembleFilmRequest,
  { shots }: Timeline,
): Promise<ShotExpectation[]> {
  const rate = rateOf(render);
  const places = narrations
    ? narrations.narrations.map(({ start, frames, narration }, index) => ({
        sceneId: `narration ${index + 1}`,
        narration,
        leadMs: 0,
        startMs: msOf(start, rate),
        endMs: msOf(start + frames, rate),
      }))
    : shots.map(({ shot, startMs, endMs }) => ({ ...shot, startMs, endMs }));
  const expectations: ShotExpectation[] = [];
  for (const { sceneId, narration, leadMs, startMs, endMs } of places) {
    const { words } = await readTimings(store, narration.timings);
    const spoken = words.map((word) => ({
      startMs: startMs + leadMs + word.startMs,
      endMs: startMs + leadMs + word.endMs,
    }));
    expectations.push({ sceneId, startMs, endMs, speech: merged(spoken, PAUSE_MS) });
  }
  return expectations;
}
