import { symlink } from 'node:fs/promises';
import path from 'node:path';
import type { Picture } from '@aura/proto';
import { MAX_PIXELS, readPngSize } from '@aura/media';
import { Failure } from '@aura/failure';
import type { ArtifactStore } from '@aura/storage';

/**
 * Lays a picture into a working folder under a name of ours, after a look at its header.
 * Errors: PictureInvalid where it is no PNG or too large to decode (X7), ArtifactGone, BlobCorrupt.
 */
export async function layPicture(
  store: ArtifactStore,
  { image }: Pick<Picture, 'image'>,
  { folder, file }: { folder: string; file: string },
): Promise<void> {
  const source = await store.localPath(image);
  const { widthPx, heightPx } = await readPngSize(source).catch((cause: unknown) => {
    if (!(cause instanceof RangeError)) throw cause;
    throw new Failure('PictureInvalid', 'A picture is not a PNG.', { cause });
  });
  if (widthPx * heightPx > MAX_PIXELS || widthPx * heightPx === 0) {
    throw new Failure('PictureInvalid', 'A picture is too large.', {
      details: `${widthPx}x${heightPx} pixels`,
    });
  }
  await symlink(path.resolve(source), path.join(folder, file));
}
