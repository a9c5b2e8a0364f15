import { encodingOf, rateOf, type AssembleFilmRequest } from '@aura/proto';
import { Failure } from '@aura/failure';
import type { ArtifactStore } from '@aura/storage';
import { srtFile } from '../captions/srt-file.js';
import type { ShotExpectation } from '../checks/film-facts.js';
import { merged } from '../checks/intervals.js';
import { captionsOf, type ShotCaptions } from '../captions/shot-captions.js';
import { timelineOf, type Placed, type Timeline } from './timeline.js';

/** A film laid out in time: what is joined, said and expected. */
export interface FilmPlan {
  request: AssembleFilmRequest;
  timeline: Timeline;
  /** Of each shot, in its own time. */
  captions: ShotCaptions[];
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
  const timeline = timelineOf(request.shots, rateOf(request.render));
  const captions: ShotCaptions[] = [];
  for (const shot of request.shots) captions.push(await captionsOf(store, shot, request.render));
  const expectations = timeline.shots.map((placed, index) =>
    expectationOf(placed, captions[index]?.words ?? []),
  );
  return { request, timeline, captions, expectations };
}

/** All captions in the film's time, as SubRip. */
export function filmCaptions({ timeline, captions }: FilmPlan): string {
  return srtFile(
    timeline.shots.flatMap(({ startMs }, index) =>
      (captions[index]?.cues ?? []).map((cue) => ({
        ...cue,
        startMs: cue.startMs + startMs,
        endMs: cue.endMs + startMs,
      })),
    ),
  );
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

function expectationOf(
  { shot, startMs, endMs }: Placed,
  words: ShotCaptions['words'],
): ShotExpectation {
  const spoken = words.map((word) => ({
    startMs: startMs + word.startMs,
    endMs: startMs + word.endMs,
  }));
  return { sceneId: shot.sceneId, startMs, endMs, speech: merged(spoken, PAUSE_MS) };
}
