import { rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readAvcConfig, runWatchedFfmpeg } from '@aura/media';
import { Failure } from '@aura/failure';
import type { ComposeTools } from '../compose-deps.js';
import { concatList, joinArgs, metadataFile } from './film-args.js';
import type { FilmPlace, FilmPlan } from './film-plan.js';
import { SOUND_FILE } from './film-sound.js';
import { copyLimitMs } from '../segment/stall-limit.js';
import { trackLanguage } from './language-tag.js';

export const FILM_FILE = 'film.mp4';

const LIST_FILE = 'segments.txt';
const METADATA_FILE = 'metadata.txt';

/**
 * Joins the segments and the sound into the film.
 * Errors: ArtifactGone, BlobCorrupt; FilmInvalid:segments where the segments were not encoded alike.
 */
export async function joinFilm(
  { store, ffmpegPath, stallMs }: ComposeTools,
  { request }: FilmPlan,
  { folder, signal }: FilmPlace,
): Promise<void> {
  const names: string[] = [];
  let first: Buffer | undefined;
  for (const { video, sceneId } of request.segments) {
    const source = await store.localPath(video);
    const config = await readAvcConfig(source);
    first ??= config;
    if (!config || !first?.equals(config)) throw unlike(sceneId);
    const name = `segment-${String(names.length).padStart(4, '0')}.mp4`;
    await symlink(path.resolve(source), path.join(folder, name));
    names.push(name);
  }
  await writeFile(path.join(folder, LIST_FILE), concatList(names));
  await writeFile(path.join(folder, METADATA_FILE), metadataFile(request.title));
  const args = joinArgs({
    list: LIST_FILE,
    sound: SOUND_FILE,
    metadata: METADATA_FILE,
    language: trackLanguage(request.language),
    fps: request.render.fps,
    output: FILM_FILE,
  });
  const bytes = request.segments.reduce((sum, { video }) => sum + video.bytes, 0);
  await runWatchedFfmpeg(ffmpegPath, args, {
    step: 'mux',
    cwd: folder,
    signal,
    stallMs: copyLimitMs(bytes, stallMs),
  });
  await rm(path.join(folder, SOUND_FILE));
}

function unlike(sceneId: string): Failure {
  return new Failure('FilmInvalid:segments', 'The segments were not encoded alike.', {
    details: `segment of scene ${sceneId}`,
  });
}
