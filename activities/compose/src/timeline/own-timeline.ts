import { readFile } from 'node:fs/promises';
import { Failure } from '@aura/failure';
import type { BlobRef, Timeline } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';

const MAX_BYTES = 8 * 1024 * 1024;

/** A timeline of the user's, as the gateway has checked and kept it. Errors: ArtifactGone, BlobCorrupt. */
export async function ownTimeline(
  store: ArtifactStore,
  blob: BlobRef | undefined,
): Promise<Timeline | undefined> {
  if (!blob) return undefined;
  if (blob.bytes > MAX_BYTES) throw corrupt(new RangeError('it is too long'));
  const text = await readFile(await store.localPath(blob), 'utf8');
  try {
    return JSON.parse(text) as Timeline;
  } catch (error) {
    throw corrupt(error);
  }
}

function corrupt(cause: unknown): Failure {
  return new Failure('BlobCorrupt', 'The timeline of the film cannot be read.', { cause });
}
