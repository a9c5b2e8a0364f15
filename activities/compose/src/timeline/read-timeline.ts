import type { AssembleFilmRequest, Caption, Timeline } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { startsOf, timelineOf } from '@aura/timeline';
import { captionTracksOf } from './caption-tracks.js';
import { ownTimeline } from './own-timeline.js';
import { areWritten, captionsOfNarrations, captionsOfShot } from './shown-captions.js';

/**
 * The whole film as a value, with its captions. Errors: NarrationInvalid, ArtifactGone, BlobCorrupt.
 */
export async function readTimeline(
  store: ArtifactStore,
  request: AssembleFilmRequest,
): Promise<Timeline> {
  const { render, style, shots, chapters, narrations } = request;
  const own = await ownTimeline(store, request.timeline);
  const isCaptioned = areWritten(style?.captions);
  return timelineOf({
    render,
    style,
    shots,
    captions: isCaptioned ? await captionsOfFilm(store, request, own) : [],
    captionTracks: own?.captionTracks?.tracks ?? (await captionTracksOf(store, request)),
    chapters: own?.chapters ?? chapters?.chapters,
    narrations: narrations?.narrations,
    own,
  });
}

async function captionsOfFilm(
  store: ArtifactStore,
  { render, shots, narrations }: AssembleFilmRequest,
  own: Timeline | undefined,
): Promise<Caption[]> {
  if (own?.captions.length) return own.captions;
  const [first] = shots;
  if (narrations && first) {
    return captionsOfNarrations(store, narrations.narrations, { shot: first, render });
  }
  const starts = startsOf(shots);
  const captions: Caption[] = [];
  for (const [index, shot] of shots.entries()) {
    captions.push(...(await captionsOfShot(store, shot, { render, start: starts[index] ?? 0 })));
  }
  return captions;
}
