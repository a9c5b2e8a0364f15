import type { Artifact } from '@aura/database';
import type { ArtifactStore } from '@aura/storage';
import type { VideoMetadata } from '../videos/metadata-schema.js';
import { blobOf } from './artifact.js';

/** Which of these files the store still has. One that cannot be read now is not there either; its download says why. */
export async function storedOf(
  store: ArtifactStore,
  artifacts: readonly Artifact[],
): Promise<ReadonlySet<string>> {
  const there = await Promise.all(
    artifacts.map((artifact) => store.has(blobOf(artifact)).catch(() => false)),
  );
  return new Set(artifacts.flatMap(({ sha256 }, at) => (there[at] ? [sha256] : [])));
}

/** A file of a job, with where to get it. Pure. `stored` are the blobs that are still kept. */
export function artifactView(
  artifact: Artifact,
  url: string,
  stored: ReadonlySet<string>,
): VideoMetadata['artifacts'][number] {
  return {
    kind: artifact.kind,
    label: artifact.label,
    fileName: artifact.fileName,
    mediaType: artifact.mediaType,
    sizeBytes: blobOf(artifact).bytes,
    sha256: artifact.sha256,
    url,
    available: artifact.expiredAt === null && stored.has(artifact.sha256),
    createdAt: artifact.createdAt.toISOString(),
  };
}
