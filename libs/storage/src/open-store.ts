import path from 'node:path';
import type { ArtifactStore } from './artifact-store.js';
import { LocalCache } from './local-cache.js';
import { LocalLedger, type Ledger } from './ledger.js';
import { LocalStore } from './local-store.js';

export interface StoreSettings {
  /** Everything of a local store; scratch, and copies of what lies in a bucket. */
  folder: string;
  /** s3://bucket/prefix; absent for the folder itself. */
  url?: string | undefined;
  /** Of an S3 server that is not AWS's. */
  endpoint?: string | undefined;
  region: string;
  /** How large the copies may grow that nobody has used for an hour. */
  cacheBytes: number;
}

export interface OpenStore {
  store: ArtifactStore;
  ledger: Ledger;
}

/** The artifact store and the ledger that the settings choose. The SDK for buckets is loaded only where one is used. */
export async function openStore(settings: StoreSettings): Promise<OpenStore> {
  const { folder, url, endpoint, region, cacheBytes } = settings;
  if (url === undefined) return { store: new LocalStore(folder), ledger: new LocalLedger(folder) };
  const { S3Bucket } = await import('./s3/s3-bucket.js');
  const { S3Store } = await import('./s3/s3-store.js');
  const { S3Ledger } = await import('./s3/s3-ledger.js');
  const bucket = new S3Bucket({ ...placeOf(url), endpoint, region });
  const cache = new LocalCache(path.join(folder, 'cache'), cacheBytes);
  return { store: new S3Store({ bucket, cache, root: folder }), ledger: new S3Ledger(bucket) };
}

/** The bucket and the prefix of keys that an address names. Errors: TypeError. */
export function placeOf(url: string): { bucket: string; prefix: string } {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/*$/.exec(url) ?? [];
  if (bucket === '') throw new TypeError('an artifact store in a bucket is s3://bucket/prefix');
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}
