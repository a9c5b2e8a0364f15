import { readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { runWatchedFfmpeg } from '@aura/media';
import { Failure } from '@aura/failure';
import { encodingOf, rateOf, type BlobRef } from '@aura/proto';
import { unitOfWork } from '@aura/work';
import type { ComposeTools } from '../../compose-deps.js';
import type { FilmPlace, FilmPlan } from '../../film/film-plan.js';
import { FILM_FILE } from '../../film/join-film.js';
import { trackLanguage } from '../../film/language-tag.js';
import { segmentSpec } from '../../segment/segment-spec.js';
import { copyLimitMs, stallLimitMs } from '../../segment/stall-limit.js';
import type { SideFile } from '../beside-film.js';
import { nameInSet } from '../name-in-set.js';
import { MASTER, packArgs, renditionArgs } from './ladder-args.js';
import { segmentLengths } from './playlist.js';
import { rungsOf } from './rungs.js';

/** Bumped whenever the same film gives other renditions. */
const RECIPE = 1;

/**
 * The film in three sizes for HTTP streaming. The film's own pictures are the largest of them, untouched; the
 * smaller ones are kept by what is seen, so that other music or another title encodes nothing.
 * Errors: FilmInvalid:hls where the tracks are not cut at the same places.
 */
export async function makeLadder(
  tools: ComposeTools,
  plan: FilmPlan,
  { folder, signal }: FilmPlace,
): Promise<SideFile[]> {
  const { store, ffmpegPath, stallMs } = tools;
  const { render, language, segments } = plan.request;
  const blobs = await renditionsOf(tools, plan, folder);
  const renditions: string[] = [];
  for (const blob of blobs) {
    const name = `rendition-${renditions.length}.mp4`;
    await symlink(path.resolve(await store.localPath(blob)), path.join(folder, name));
    renditions.push(name);
  }
  const names = {
    master: nameInSet(plan.request, MASTER),
    track: nameInSet(plan.request, 'track-%v'),
  };
  const pack = { film: FILM_FILE, renditions, language: trackLanguage(language), names };
  const bytes = segments.reduce((sum, { video }) => sum + video.bytes, 0);
  await runWatchedFfmpeg(ffmpegPath, packArgs({ ...pack, encoding: encodingOf(render) }), {
    step: 'mux',
    cwd: folder,
    signal,
    stallMs: copyLimitMs(bytes, stallMs),
  });
  const trackOf = (index: number) => names.track.replace('%v', String(index));
  const pictures = [0, ...renditions.map((_name, index) => index + 1)];
  await requireAligned(folder, pictures.map(trackOf));
  return [
    { kind: 'hls', label: names.master, file: names.master, mediaType: PLAYLIST },
    ...[...pictures, pictures.length].map(trackOf).flatMap(filesOf),
  ];
}

const PLAYLIST = 'application/vnd.apple.mpegurl';

function filesOf(track: string): SideFile[] {
  return [
    { kind: 'hls', label: `${track}.m3u8`, file: `${track}.m3u8`, mediaType: PLAYLIST },
    { kind: 'hls', label: `${track}.mp4`, file: `${track}.mp4`, mediaType: 'video/mp4' },
  ];
}

/** The smaller sizes, as a unit of work of its own. */
async function renditionsOf(
  { store, ffmpegPath, stallMs }: ComposeTools,
  { request: { job, render, segments } }: FilmPlan,
  folder: string,
): Promise<BlobRef[]> {
  const inputs = { spec: segmentSpec(render), segments: segments.map(({ video }) => video.sha256) };
  const unit = { job, unit: 'encodeRenditions', provider: 'ffmpeg', recipe: RECIPE, inputs };
  const { blobs } = await unitOfWork(store, unit, async ({ scratch, key, signal }) => {
    const outputs = rungsOf(render)
      .slice(1)
      .map((rung) => ({ rung, file: `${rung.name}.mp4` }));
    const film = path.resolve(folder, FILM_FILE);
    const encoding = encodingOf(render);
    const args = renditionArgs({ film, outputs, encoding, rate: rateOf(render) });
    await runWatchedFfmpeg(ffmpegPath, args, {
      step: 'mux',
      cwd: scratch,
      signal,
      stallMs: stallLimitMs(render, stallMs),
    });
    const made: BlobRef[] = [];
    for (const { file } of outputs)
      made.push(await store.putFile(path.join(scratch, file), 'video/mp4'));
    return { blobs: made, unitKey: key };
  });
  return blobs;
}

async function requireAligned(folder: string, tracks: readonly string[]): Promise<void> {
  const lengths: string[] = [];
  for (const track of tracks) {
    const playlist = await readFile(path.join(folder, `${track}.m3u8`), 'utf8');
    lengths.push(segmentLengths(playlist).join(' '));
  }
  if (lengths[0] !== '' && lengths.every((text) => text === lengths[0])) return;
  throw new Failure('FilmInvalid:hls', 'The sizes of the film are not cut at the same places.', {
    details: lengths.join('\n'),
  });
}
