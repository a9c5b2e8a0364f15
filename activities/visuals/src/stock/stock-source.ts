import { Failure } from '@aura/failure';
import { safeFetch, type Account } from '@aura/provider';
import { MAX_PICTURE_BYTES } from '../pictures/fit-picture.js';
import type { FoundPicture, PictureSource } from '../pictures/picture-source.js';
import type { PicturePlace, PictureRequest } from '../visuals-provider.js';
import { choosePhotos, type ChosenPhoto } from './choose-photos.js';
import { searchWords } from './search-words.js';
import type { PictureSize } from '../pictures/picture-size.js';
import type { StockPage } from './stock-photo.js';

/** What one stock of photos has of its own. */
export interface Stock {
  name: string;
  /** As people write it. */
  title: string;
  recipe: number;
  account: Account;
  /** Calls the vendor once. Errors: those of `Vendors`. */
  search(query: StockQuery, signal: AbortSignal | undefined): Promise<StockPage>;
}

export interface StockQuery {
  words: string;
  /** From 1. */
  page: number;
  request: PictureRequest;
}

/** Vendors count searches: a scene gets no more than these. */
const MAX_SEARCHES = 4;
const PAGES_OF_A_QUERY = 2;
/** Photos that are fetched until one can be used. */
const MAX_PHOTOS = 3;
const FETCH_MS = 30_000;

/** Photos by the words of the scene, fetched from wherever the vendor's reply says, within limits. */
export function stockSource(stock: Stock): PictureSource {
  const { name, recipe } = stock;
  return {
    name,
    recipe,
    inputsOf: searchInputs,
    pictures: (request, place) => pictures(stock, request, place),
  };
}

/** Everything that shows in what is found. */
export function searchInputs({ scene, look, take = 0 }: PictureRequest): object {
  return {
    words: searchWords(scene, look),
    language: look.language,
    film: [look.title, look.style, look.sceneCount],
    sceneIndex: scene.index,
    take,
  };
}

async function* pictures(
  stock: Stock,
  request: PictureRequest,
  place: PicturePlace,
): AsyncGenerator<FoundPicture> {
  const tried = new Set<string>();
  for await (const chosen of foundIn(stock, request, { signal: place.signal })) {
    if (tried.size >= MAX_PHOTOS) return;
    if (tried.has(chosen.photo.id)) continue;
    tried.add(chosen.photo.id);
    const bytes = await fetched(stock, chosen, place);
    if (bytes) yield { bytes, attribution: chosen.photo.attribution };
  }
  if (tried.size === 0) throw nothingFound(stock, request, 'photo');
}

/** A search's hits, as many as a scene may look for. Fewer words only where more of them gave nothing that this scene may show. */
export async function* foundIn(
  stock: Stock,
  request: PictureRequest,
  { signal, size }: Pick<PicturePlace, 'signal'> & { size?: PictureSize },
): AsyncGenerator<ChosenPhoto> {
  let searches = 0;
  for (const words of searchWords(request.scene, request.look)) {
    for (let page = 1; page <= PAGES_OF_A_QUERY; page += 1) {
      if ((searches += 1) > MAX_SEARCHES) return;
      const { photos, isLast } = await stock.search({ words, page, request }, signal);
      yield* choosePhotos(photos, request, size);
      if (isLast) break;
    }
  }
}

/** Undefined where this one photo cannot be had; a network that is gone is gone for the others too. */
async function fetched(
  { account }: Stock,
  { rendition }: ChosenPhoto,
  { signal }: PicturePlace,
): Promise<Buffer | undefined> {
  try {
    const { bytes } = await safeFetch({
      url: rendition.url,
      namedBy: 'vendor',
      allowOrigins: [new URL(account.baseUrl).origin],
      maxBytes: MAX_PICTURE_BYTES,
      totalMs: FETCH_MS,
      signal,
    });
    return bytes;
  } catch (error) {
    if (error instanceof Failure && OF_ONE_PHOTO.has(error.code)) return undefined;
    throw error;
  }
}

/** It is gone or too large, or its address leads where nothing of ours may go. */
export const OF_ONE_PHOTO: ReadonlySet<string> = new Set(['API_ERROR', 'INVALID_CONFIG']);

/** Errors of a search that gave nothing: RESOURCE_NOT_FOUND. `what` is a photo or a clip. */
export function nothingFound(
  { title }: Stock,
  { scene, look }: PictureRequest,
  what: string,
): Failure {
  const [words = ''] = searchWords(scene, look);
  return new Failure('RESOURCE_NOT_FOUND', `${title} has no fitting ${what} for “${words}”.`);
}
