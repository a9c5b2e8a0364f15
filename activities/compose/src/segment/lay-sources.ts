import { symlink } from 'node:fs/promises';
import path from 'node:path';
import type { ArtifactStore } from '@aura/storage';
import type { Fragment } from '@aura/timeline';
import { layPicture } from './picture-file.js';

/**
 * Puts the pictures and clips of a fragment, and those that lie over it, into a working folder, under names of ours.
 * Errors: PictureInvalid, ArtifactGone, BlobCorrupt.
 */
export async function laySources(
  store: ArtifactStore,
  { visuals, overlays }: Pick<Fragment, 'visuals' | 'overlays'>,
  folder: string,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const { source } of visuals) {
    const { image, clip } = source ?? {};
    if (image && !files.has(image.sha256)) {
      const file = `picture-${files.size}.png`;
      await layPicture(store, { image }, { folder, file });
      files.set(image.sha256, file);
    }
    if (clip && !files.has(clip.video.sha256)) {
      const file = `clip-${files.size}`;
      await symlink(path.resolve(await store.localPath(clip.video)), path.join(folder, file));
      files.set(clip.video.sha256, file);
    }
  }
  for (const { image, clip } of overlays) {
    const blob = image ?? clip?.video;
    if (!blob || files.has(blob.sha256)) continue;
    const file = `overlay-${files.size}`;
    await symlink(path.resolve(await store.localPath(blob)), path.join(folder, file));
    files.set(blob.sha256, file);
  }
  return files;
}
