import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AssetKind } from '@aura/database';
import type { BlobRef } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';

/** A file that comes with Aura, as a request finds it. */
export interface BundledFile extends BlobRef {
  kind: AssetKind;
  fileName: string;
}

/** Files that come with Aura, by ids that no upload gets: UUIDs of version 8. Drawn for it, and free to use. */
export const BUNDLED = {
  hello: '00000000-0000-8000-8000-00000000a001',
  making: '00000000-0000-8000-8000-00000000a002',
  play: '00000000-0000-8000-8000-00000000a003',
} as const;

const FOLDER = path.resolve(import.meta.dirname, '../../samples/hello-youtube');
const NAMES = new Map<string, string>(Object.entries(BUNDLED).map(([name, id]) => [id, name]));

/**
 * Those of these ids that are files of Aura's own, with their bytes in the store. Errors: OutOfDiskSpace,
 * OutputDirectoryNotWritable.
 */
export async function bundledFiles(
  assetIds: readonly string[],
  store: ArtifactStore,
): Promise<Map<string, BundledFile>> {
  const found = new Map<string, BundledFile>();
  for (const id of new Set(assetIds)) {
    const name = NAMES.get(id);
    if (name === undefined) continue;
    const fileName = `${name}.webp`;
    const bytes = await readFile(path.join(FOLDER, fileName));
    found.set(id, { ...(await store.putBytes(bytes, 'image/webp')), kind: 'picture', fileName });
  }
  return found;
}
