import { blobPlace, type ArtifactStore } from '@aura/storage';
import type { Download } from './artifact.js';
import { attachment } from './file-name.js';

/** Long enough for a slow client to begin; what has begun goes on. */
const GOOD_FOR_MS = 15 * 60_000;

/**
 * Where clients are sent for a file: to a CDN, which knows it by its content alone, or to the bucket by a signed address
 * that gives it its name; undefined where the gateway sends it itself.
 */
export async function addressOf(
  {
    store,
    cdnUrl,
    redirectsDownloads,
  }: { store: ArtifactStore; cdnUrl?: string | undefined; redirectsDownloads?: boolean },
  { blob, fileName }: Download,
): Promise<string | undefined> {
  if (cdnUrl !== undefined) return `${cdnUrl.replace(/\/+$/, '')}/${blobPlace(blob.sha256)}`;
  if (!redirectsDownloads) return undefined;
  return store.downloadUrl(blob, { disposition: attachment(fileName), forMs: GOOD_FOR_MS });
}
