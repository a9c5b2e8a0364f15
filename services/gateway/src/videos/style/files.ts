import type { AssetKind } from '@aura/database';
import type { BlobRef } from '@aura/proto';

/** An uploaded file that a part of a request names, and what it must be. */
export interface NamedFile {
  assetId: string;
  kind: AssetKind | readonly AssetKind[];
  path: (string | number)[];
}

/** The bytes of a file that a request names; undefined until they are looked up. */
export type BytesOf = (assetId: string | null | undefined) => BlobRef | undefined;

export function file(
  assetId: string | null | undefined,
  kind: AssetKind,
  path: (string | number)[],
): NamedFile[] {
  return assetId ? [{ assetId, kind, path }] : [];
}
