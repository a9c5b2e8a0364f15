import { MUSIC_RECIPE } from '@aura/music';
import type { AssembleFilmRequest, Sound } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { framesOfShots, soundsOf } from '@aura/timeline';
import { ownTimeline } from '../timeline/own-timeline.js';
import { pieceFor, type LibraryPiece } from './music-library.js';

/** What sounds in a film beside its narration, in order, and what of it comes from the library. */
export interface HeardSounds {
  sounds: Sound[];
  pieces: (LibraryPiece | undefined)[];
}

/** Raised whenever the same sounds are mixed differently. */
const MIX_RECIPE = 2;

/** Errors: ArtifactGone, BlobCorrupt. */
export async function heardSounds(
  { store, musicFolder }: { store: ArtifactStore; musicFolder?: string | undefined },
  request: AssembleFilmRequest,
): Promise<HeardSounds> {
  const own = await ownTimeline(store, request.timeline);
  const frames = framesOfShots(request.shots);
  const sounds = [...soundsOf(request.style?.sound, frames), ...(own?.sounds ?? [])];
  const pieces = [];
  for (const [index, sound] of sounds.entries()) {
    pieces.push(await pieceFor(sound, musicFolder, `${soundSeed(request)}/${index}`));
  }
  return { sounds, pieces };
}

/** Films of another title get other music. */
export function soundSeed({ title }: Pick<AssembleFilmRequest, 'title'>): string {
  return title;
}

/** What is heard beyond what the request itself says; undefined where there is nothing but speech. */
export function soundInputs({ sounds, pieces }: HeardSounds) {
  if (sounds.length === 0) return undefined;
  return {
    made: MUSIC_RECIPE,
    mixed: MIX_RECIPE,
    library: pieces.map((piece) => piece?.sha256 ?? ''),
  };
}
