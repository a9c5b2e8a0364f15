import { rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readDecoderConfig, runWatchedFfmpeg } from '@aura/media';
import { encodingOf, rateOf, type AssembleFilmRequest } from '@aura/proto';
import { Failure } from '@aura/failure';
import type { ArtifactStore } from '@aura/storage';
import type { ComposeTools } from '../compose-deps.js';
import { concatList, joinArgs, metadataFile } from './film-args.js';
import type { FilmPlace, FilmPlan } from './film-plan.js';
import { SOUND_FILE } from './film-sound.js';
import { copyLimitMs } from '../segment/stall-limit.js';
import { trackLanguage } from './language-tag.js';

export const FILM_FILE = 'film.mp4';

export const LIST_FILE = 'segments.txt';
const METADATA_FILE = 'metadata.txt';
const CAPTIONS_FILE = 'captions.srt';

/** Whether the captions of a film are a track that players can turn off. */
export function hasCaptionTrack({ request: { style, render }, film }: FilmPlan): boolean {
  const mode = style?.captions?.mode;
  const isWanted = mode === 'soft' || mode === 'both';
  return isWanted && film.captions.length > 0 && !encodingOf(render).audioOnly;
}

/**
 * Joins the segments and the sound into the film.
 * Errors: ArtifactGone, BlobCorrupt; FilmInvalid:segments where the segments were not encoded alike.
 */
export async function joinFilm(
  { store, ffmpegPath, stallMs }: ComposeTools,
  plan: FilmPlan,
  { folder, signal }: FilmPlace,
): Promise<void> {
  const { request, timeline, film } = plan;
  const { render, title, segments } = request;
  const encoding = encodingOf(render);
  const rate = rateOf(render);
  if (!encoding.audioOnly) await laySegments(store, request, folder);
  const captions = hasCaptionTrack(plan) ? (plan.captionFiles[0]?.text ?? '') : '';
  if (captions !== '') await writeFile(path.join(folder, CAPTIONS_FILE), captions);
  const metadata = { title, chapters: film.chapters, frames: timeline.frames, rate };
  await writeFile(path.join(folder, METADATA_FILE), metadataFile(metadata));
  const args = joinArgs({
    list: LIST_FILE,
    sound: SOUND_FILE,
    metadata: METADATA_FILE,
    ...(captions === '' ? {} : { captions: CAPTIONS_FILE }),
    language: trackLanguage(request.language),
    rate,
    encoding,
    output: FILM_FILE,
  });
  const bytes = segments.reduce((sum, { video }) => sum + video.bytes, 0);
  await runWatchedFfmpeg(ffmpegPath, args, {
    step: 'mux',
    cwd: folder,
    signal,
    stallMs: copyLimitMs(bytes, stallMs),
  });
  await rm(path.join(folder, SOUND_FILE));
}

/** Links to the segments and the list of them, which is what FFmpeg joins. */
async function laySegments(
  store: ArtifactStore,
  { segments, render }: AssembleFilmRequest,
  folder: string,
): Promise<void> {
  const { codec } = encodingOf(render);
  const names: string[] = [];
  let first: Buffer | undefined;
  for (const { video, sceneId } of segments) {
    const source = await store.localPath(video);
    const config = await readDecoderConfig(source, codec);
    first ??= config;
    if (!config || !first?.equals(config)) throw unlike(sceneId);
    const name = `segment-${String(names.length).padStart(4, '0')}.mp4`;
    await symlink(path.resolve(source), path.join(folder, name));
    names.push(name);
  }
  await writeFile(path.join(folder, LIST_FILE), concatList(names));
}

function unlike(sceneId: string): Failure {
  return new Failure('FilmInvalid:segments', 'The segments were not encoded alike.', {
    details: `segment of scene ${sceneId}`,
  });
}
