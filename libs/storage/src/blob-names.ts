import { Failure } from '@aura/failure';
import type { BlobRef } from '@aura/proto';

const NAME = /^[0-9a-f]{64}$/;

/** The name as it is; a name of anything in a store is a sha256 in hex. Errors: TypeError. */
export function hex(name: string): string {
  if (!NAME.test(name)) throw new TypeError('a name in the store is a sha256');
  return name;
}

/** Where a blob, or a result's record, lies below its store's root, with "/" between the parts. */
export function blobPlace(sha256: string): string {
  return `blobs/${hex(sha256).slice(0, 2)}/${sha256}`;
}

export function resultPlace(key: string): string {
  return `results/${hex(key).slice(0, 2)}/${key}.json`;
}

/** Every blob that a result refers to, at any depth; undefined where it names one that cannot be. */
export function blobsOf(result: unknown): BlobRef[] | undefined {
  const blobs = blobsIn(result);
  return blobs.every(({ sha256 }) => typeof sha256 === 'string' && NAME.test(sha256))
    ? blobs
    : undefined;
}

function blobsIn(value: unknown): BlobRef[] {
  if (Array.isArray(value)) return value.flatMap(blobsIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('sha256' in value && 'bytes' in value) return [value as BlobRef];
  return Object.values(value).flatMap(blobsIn);
}

export function gone(blob: BlobRef): Failure {
  return new Failure('ArtifactGone', 'The file has been cleaned up.', { details: named(blob) });
}

export function corrupt(blob: BlobRef): Failure {
  const message = 'A stored file does not have the content that was stored.';
  return new Failure('BlobCorrupt', message, { details: named(blob) });
}

function named({ sha256, bytes, mediaType }: BlobRef): string {
  return `blob ${sha256}, ${bytes} bytes, ${mediaType}`;
}
