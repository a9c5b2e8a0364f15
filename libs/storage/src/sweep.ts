import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';

export interface SweepRequest {
  /** How long nothing must have changed. Longer than any step may be silent, or running work is lost. */
  olderThanMs: number;
  /** Videos whose scratch folders are left alone at any age. */
  openVideos?: Iterable<string>;
  /** The time to judge by, ms since 1970; now unless given. */
  nowMs?: number;
}

/** How many of each were removed. */
export interface Swept {
  parts: number;
  claims: number;
  scratchFolders: number;
}

/**
 * Removes what a crash has left in a store's folder: unfinished `*.part` files, claims that ran out, and the
 * scratch folders of attempts in which nothing has changed for long. Other workers may write to the same folder meanwhile;
 * what vanishes or cannot be removed is passed over. Idempotent, never throws.
 */
export async function sweepFolder(
  root: string,
  { olderThanMs, openVideos = [], nowMs = Date.now() }: SweepRequest,
): Promise<Swept> {
  const before = nowMs - olderThanMs;
  return {
    parts: await sweepParts(root, before),
    claims: await sweepClaims(path.join(root, 'claims'), before),
    scratchFolders: await sweepScratch(path.join(root, 'scratch'), before, new Set(openVideos)),
  };
}

async function sweepParts(root: string, before: number): Promise<number> {
  let removed = 0;
  for (const kind of ['blobs', 'results', 'ledger']) {
    for (const prefix of await namesIn(path.join(root, kind))) {
      const folder = path.join(root, kind, prefix);
      for (const name of await namesIn(folder)) {
        const file = path.join(folder, name);
        if (!name.endsWith('.part') || (await changedAt(file)) >= before) continue;
        if (await succeeds(rm(file))) removed += 1;
      }
    }
  }
  return removed;
}

/** A claim in use is extended every few seconds. */
async function sweepClaims(folder: string, before: number): Promise<number> {
  let removed = 0;
  for (const name of await namesIn(folder)) {
    const file = path.join(folder, name);
    if ((await changedAt(file)) < before && (await succeeds(rm(file)))) removed += 1;
  }
  return removed;
}

async function sweepScratch(
  scratch: string,
  before: number,
  open: ReadonlySet<string>,
): Promise<number> {
  let removed = 0;
  for (const video of await namesIn(scratch)) {
    if (open.has(video)) continue;
    const folder = path.join(scratch, video);
    const folderChangedAt = await changedAt(folder);
    for (const attempt of await namesIn(folder)) {
      const place = path.join(folder, attempt);
      if ((await newestBelow(place)) >= before) continue;
      if (await succeeds(rm(place, { recursive: true }))) removed += 1;
    }
    // Fails where somebody has begun something new in it, which is as it should be.
    if (folderChangedAt < before) await succeeds(rmdir(folder));
  }
  return removed;
}

/** A file that grows does not change its folder, so everything below is looked at. */
async function newestBelow(folder: string): Promise<number> {
  let newest = await changedAt(folder);
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  for (const entry of entries) {
    newest = Math.max(newest, await changedAt(path.join(folder, entry)));
  }
  return newest;
}

/**
 * The later of both times: a finished file that is being published keeps the mtime of when it was made.
 * What has vanished counts as just changed.
 */
async function changedAt(place: string): Promise<number> {
  const found = await lstat(place).catch(() => undefined);
  return found ? Math.max(found.mtimeMs, found.ctimeMs) : Number.POSITIVE_INFINITY;
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
