import { readFile } from 'node:fs/promises';
import { Failure } from '@aura/failure';
import {
  msOf,
  rateOf,
  type AssembleFilmRequest,
  type BlobRef,
  type Caption,
  type CaptionTrack,
  type SceneTranslations,
  type Shot,
  type TranslatedTrack,
} from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { captionsFrom, leadFrames, startsOf } from '@aura/timeline';
import { captionLayout } from '../captions/caption-layout.js';
import { cuesOf } from '../captions/cues.js';
import { readTimings } from '../captions/read-timings.js';
import { translatedWords } from '../captions/translated-words.js';

const MAX_BYTES = 8 * 1024 * 1024;

/**
 * What the scenes of a film say in other languages, as captions in frames of the film, shown while the scene is
 * spoken. Errors: NarrationInvalid, ArtifactGone, BlobCorrupt.
 */
export async function captionTracksOf(
  store: ArtifactStore,
  request: AssembleFilmRequest,
): Promise<CaptionTrack[]> {
  if (!request.translations) return [];
  const { tracks } = await readTranslations(store, request.translations);
  const made: CaptionTrack[] = [];
  for (const track of tracks) {
    const captions = await captionsIn(store, request, track);
    if (captions.length > 0) made.push({ language: track.language, captions });
  }
  return made;
}

async function captionsIn(
  store: ArtifactStore,
  { shots, render }: AssembleFilmRequest,
  { language, texts }: TranslatedTrack,
): Promise<Caption[]> {
  const rate = rateOf(render);
  const { maxLine } = captionLayout(render);
  const starts = startsOf(shots);
  const captions: Caption[] = [];
  for (const [index, shot] of shots.entries()) {
    const leadMs = msOf(leadFrames(shot, render), rate);
    const span = await spokenSpan(store, shot);
    const words = translatedWords(texts[index] ?? '', language, span);
    const cues = cuesOf({ words, leadMs, shotMs: msOf(shot.frames, rate), maxLine });
    const silent = cues.map(({ words: _unsaid, ...cue }) => cue);
    captions.push(
      ...captionsFrom(silent, { start: starts[index] ?? 0, frames: shot.frames }, rate),
    );
  }
  return captions;
}

/** In ms of the narration; all of it where nobody knows when its words are said. */
async function spokenSpan(store: ArtifactStore, { narration }: Shot) {
  const { words } = await readTimings(store, narration.timings);
  return {
    startMs: words[0]?.startMs ?? 0,
    endMs: words.at(-1)?.endMs ?? narration.durationMs,
  };
}

async function readTranslations(store: ArtifactStore, blob: BlobRef): Promise<SceneTranslations> {
  try {
    if (blob.bytes > MAX_BYTES) throw new RangeError('they are too long');
    return JSON.parse(await readFile(await store.localPath(blob), 'utf8')) as SceneTranslations;
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('BlobCorrupt', 'The translations of the film cannot be read.', { cause });
  }
}
