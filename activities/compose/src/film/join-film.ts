import { rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readDecoderConfig, runWatchedFfmpeg } from '@aura/media';
import {
  encodingOf,
  rateOf,
  type AssembleFilmRequest,
  type Attribution,
  type Container,
} from '@aura/proto';
import { Failure } from '@aura/failure';
import type { ArtifactStore } from '@aura/storage';
import type { ComposeTools } from '../compose-deps.js';
import { readPacketList, type PacketSums } from '../checks/packet-sums.js';
import { concatList, joinArgs, metadataFile, type CaptionInput } from './film-args.js';
import type { FilmPlace, FilmPlan } from './film-plan.js';
import { SOUND_FILE } from './film-sound.js';
import { copyLimitMs } from '../segment/stall-limit.js';
import { trackLanguage } from './language-tag.js';

export const FILM_FILE = 'film.mp4';

const LIST_FILE = 'segments.txt';
const METADATA_FILE = 'metadata.txt';
const PACKETS_FILE = 'packets.txt';

/** Captions that players can turn on and off, as SubRip. */
interface SoftCaptions {
  /** BCP 47. */
  language: string;
  text: string;
}

/** Those of the film where they are wanted as a track, and all that are in another language. */
export function softCaptionsOf(plan: FilmPlan): SoftCaptions[] {
  const { style, render, language } = plan.request;
  if (encodingOf(render).audioOnly) return [];
  const mode = style?.captions?.mode;
  const isWanted = (mode === 'soft' || mode === 'both') && plan.film.captions.length > 0;
  const others = plan.trackFiles.filter(({ kind }) => kind === 'captions');
  return [
    ...(isWanted ? [{ language, text: plan.captionFiles[0]?.text ?? '' }] : []),
    ...others.map(({ label, text }) => ({ language: label, text })),
  ].filter(({ text }) => text !== '');
}

/** Whose pictures the film shows, in its order. */
export function creditsOf({ shots }: Pick<AssembleFilmRequest, 'shots'>): Attribution[] {
  return shots.flatMap(({ picture }) => picture?.attribution ?? []);
}

/**
 * Joins the segments and the sound into the film. Gives the sums of what went into it: pictures, then sound.
 * Errors: ArtifactGone, BlobCorrupt; FilmInvalid:segments where the segments were not encoded alike.
 */
export async function joinFilm(
  { store, ffmpegPath, stallMs }: ComposeTools,
  plan: FilmPlan,
  { folder, signal }: FilmPlace,
): Promise<PacketSums> {
  const { request, timeline, film } = plan;
  const { render, title, segments } = request;
  const encoding = encodingOf(render);
  const rate = rateOf(render);
  if (!encoding.audioOnly) await laySegments(store, request, folder);
  const captions = await layCaptions(softCaptionsOf(plan), encoding.container, folder);
  const credits = creditsOf(request);
  const metadata = { title, chapters: film.chapters, frames: timeline.frames, rate, credits };
  await writeFile(path.join(folder, METADATA_FILE), metadataFile(metadata));
  const args = joinArgs({
    list: LIST_FILE,
    sound: SOUND_FILE,
    metadata: METADATA_FILE,
    captions,
    language: trackLanguage(request.language, encoding.container),
    rate,
    encoding,
    output: FILM_FILE,
    packets: PACKETS_FILE,
  });
  const bytes = segments.reduce((sum, { video }) => sum + video.bytes, 0);
  await runWatchedFfmpeg(ffmpegPath, args, {
    step: 'mux',
    cwd: folder,
    signal,
    stallMs: copyLimitMs(bytes, stallMs),
  });
  await rm(path.join(folder, SOUND_FILE));
  return readPacketList(path.join(folder, PACKETS_FILE));
}

async function layCaptions(
  tracks: readonly SoftCaptions[],
  container: Container,
  folder: string,
): Promise<CaptionInput[]> {
  const files: CaptionInput[] = [];
  for (const { language, text } of tracks) {
    const file = `captions-${files.length}.srt`;
    await writeFile(path.join(folder, file), text);
    files.push({ file, language: trackLanguage(language, container) });
  }
  return files;
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
