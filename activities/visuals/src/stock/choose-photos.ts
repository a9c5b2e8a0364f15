import { createHash } from 'node:crypto';
import { MAX_PIXELS } from '@aura/media';
import { pictureSize, type PictureSize } from '../pictures/picture-size.js';
import type { PictureRequest } from '../visuals-provider.js';
import type { Rendition, StockPhoto } from './stock-photo.js';

/** A photo is sharp, and stays so when it is enlarged by a little. */
const MAX_ENLARGING = 1.75;
/** More of a photo than this must be seen, or its subject may be gone. */
const MIN_SHARE_SEEN = 0.4;

export interface ChosenPhoto {
  photo: StockPhoto;
  rendition: Rendition;
}

/**
 * The photos of a search that this scene may show, best first. Every photo belongs to one scene of the film by its
 * own name, so that scenes begin with different ones, although each chooses by itself and on another machine. A
 * scene to which none belongs borrows: what its owner has to spare before what its owner shows, and of scenes shortly
 * before it first. Among equals the vendor's order holds; another take begins further down.
 * `size` is what has to be filled: that of a picture unless given. Pure.
 */
export function choosePhotos(
  photos: readonly StockPhoto[],
  { scene, look, render, take = 0 }: PictureRequest,
  size = pictureSize(render),
): ChosenPhoto[] {
  const sceneCount = Math.max(1, look.sceneCount, scene.index + 1);
  const film = `${look.title}\n${look.style}`;
  const fitting = photos.flatMap((photo) => {
    const rendition = renditionFor(photo.renditions, size);
    return rendition ? [{ photo, rendition }] : [];
  });
  const owners = fitting.map(({ photo: { id, attribution } }) =>
    ownerOf(`${film}\n${attribution.source} ${id}`, sceneCount),
  );
  const ranked = fitting
    .map((chosen, index) => {
      const owner = owners[index] ?? 0;
      const distance = (scene.index - owner + sceneCount) % sceneCount;
      const isShown = distance > 0 && owners.indexOf(owner) === index;
      return { chosen, rank: distance + (isShown ? sceneCount : 0) };
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ chosen }) => chosen);
  const first = ranked.length === 0 ? 0 : take % ranked.length;
  return [...ranked.slice(first), ...ranked.slice(0, first)];
}

function ownerOf(name: string, sceneCount: number): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % sceneCount;
}

/** The smallest that need not be enlarged, else the largest that can be. */
function renditionFor(renditions: readonly Rendition[], size: PictureSize): Rendition | undefined {
  const usable = renditions
    .filter(
      ({ widthPx, heightPx }) => widthPx > 0 && heightPx > 0 && widthPx * heightPx <= MAX_PIXELS,
    )
    .filter((rendition) => enlarging(rendition, size) <= MAX_ENLARGING)
    .filter((rendition) => shareSeen(rendition, size) >= MIN_SHARE_SEEN)
    .toSorted((a, b) => a.widthPx - b.widthPx);
  return usable.find((rendition) => enlarging(rendition, size) <= 1) ?? usable.at(-1);
}

function enlarging(rendition: PictureSize, size: PictureSize): number {
  return Math.max(size.widthPx / rendition.widthPx, size.heightPx / rendition.heightPx);
}

function shareSeen(rendition: PictureSize, size: PictureSize): number {
  const seenPx = (size.widthPx * size.heightPx) / enlarging(rendition, size) ** 2;
  return seenPx / (rendition.widthPx * rendition.heightPx);
}
