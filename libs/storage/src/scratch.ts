import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from './files.js';

/** A folder of its own for one attempt, below those of its video. */
export async function newScratch(root: string, videoId: string, label: string): Promise<string> {
  const name = `${label}-${randomBytes(6).toString('hex')}`;
  const folder = path.join(scratchOf(root, videoId), name);
  await makeFolder(folder);
  return folder;
}

/** Removes all scratch folders of a video; says how many. Idempotent. */
export async function removeScratch(root: string, videoId: string): Promise<number> {
  const folder = scratchOf(root, videoId);
  const left = await readdir(folder).catch(() => []);
  await rm(folder, { recursive: true, force: true });
  return left.length;
}

function scratchOf(root: string, videoId: string): string {
  if (!/^[\w-]+$/.test(videoId)) throw new TypeError('a video id is letters, digits, "_" and "-"');
  return path.join(root, 'scratch', videoId);
}
