import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '@aura/failure';
import { safeFetch } from '@aura/provider';
import { progress } from '@aura/work';
import { clipInputs, drawnClip } from '../clips/drawn-clip.js';
import { invalid } from '../pictures/picture-invalid.js';
import type { VideoPrograms } from '../providers/visuals-entry.js';
import type {
  DrawnPicture,
  PicturePlace,
  PictureRequest,
  VisualsProvider,
} from '../visuals-provider.js';
import type { ChosenPhoto } from './choose-photos.js';
import { foundIn, nothingFound, OF_ONE_PHOTO, searchInputs, type Stock } from './stock-source.js';

/** Clips that are fetched until one can be used: each may be a hundred megabytes. */
const MAX_CLIPS = 2;
const MAX_BYTES = 200 * 1024 * 1024;
const FETCH_MS = 90_000;
const MIN_S = 3;
/** Nobody needs more of one scene, and all of it would have to be fetched. */
const MAX_S = 90;

/** Whether a clip of a stock is long enough to be seen, and short enough to be fetched. Pure. */
export function isUsableLength(seconds: unknown): boolean {
  return typeof seconds === 'number' && seconds >= MIN_S && seconds <= MAX_S;
}

/** Clips by the words of the scene, fetched from wherever the vendor's reply says, within limits. */
export function stockClips(stock: Stock, programs: VideoPrograms): VisualsProvider {
  const { name, recipe } = stock;
  return {
    name,
    recipe,
    inputsOf: async (request) => ({ ...searchInputs(request), ...clipInputs(request) }),
    draw: (request, place) => firstThatFits(stock, request, { ...place, programs }),
  };
}

async function firstThatFits(
  stock: Stock,
  request: PictureRequest,
  place: PicturePlace & { programs: VideoPrograms },
): Promise<DrawnPicture> {
  const { scratch, signal } = place;
  const tried = new Set<string>();
  let refused = invalid('none of the clips could be fetched');
  for await (const chosen of foundIn(stock, request, { signal, size: request.render })) {
    const { id, attribution } = chosen.photo;
    if (tried.has(id)) continue;
    if (tried.size >= MAX_CLIPS) break;
    tried.add(id);
    const name = `found-${tried.size}`;
    if (!(await isFetched(stock, chosen, { file: path.join(scratch, name), signal }))) continue;
    progress(40, `fitting the clip of scene ${request.scene.index + 1}`);
    try {
      return await drawnClip({ name, attribution }, request, place);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'PictureInvalid') throw error;
      refused = error;
      await rm(path.join(scratch, name));
    }
  }
  throw tried.size === 0 ? nothingFound(stock, request, 'clip') : refused;
}

/** False where this one clip cannot be had; a network that is gone is gone for the others too. */
async function isFetched(
  { account }: Stock,
  { rendition }: ChosenPhoto,
  { file, signal }: { file: string; signal: AbortSignal | undefined },
): Promise<boolean> {
  try {
    await safeFetch({
      url: rendition.url,
      namedBy: 'vendor',
      allowOrigins: [new URL(account.baseUrl).origin],
      maxBytes: MAX_BYTES,
      totalMs: FETCH_MS,
      signal,
      saveTo: file,
    });
    return true;
  } catch (error) {
    if (error instanceof Failure && OF_ONE_PHOTO.has(error.code)) return false;
    throw error;
  }
}
