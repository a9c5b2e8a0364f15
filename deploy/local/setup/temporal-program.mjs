import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { CHECKOUT, userCache } from './paths.mjs';

/** Where the Temporal CLI's build lies, and which release of it fits: its data file does not move across versions. */
export const TEMPORAL_FOLDER = path.join(CHECKOUT, 'deploy/local/temporal-cli');
export const TEMPORAL_RELEASE = JSON.parse(
  readFileSync(path.join(TEMPORAL_FOLDER, 'release.json'), 'utf8'),
);

/** The place for it that a fresh clone finds again. */
export function cachedTemporal() {
  return path.join(userCache(), 'temporal', TEMPORAL_RELEASE.version, 'temporal');
}

/** The fitting Temporal CLI, on PATH or in the cache; undefined where there is none. */
export async function findTemporal() {
  for (const program of ['temporal', cachedTemporal()]) {
    if (await isFitting(program)) return program;
  }
  return undefined;
}

/** Whether this program runs and says that it is the wanted version. */
export async function isFitting(program) {
  try {
    const { stdout } = await promisify(execFile)(program, ['--version'], { timeout: 20_000 });
    return stdout.startsWith(`temporal version ${TEMPORAL_RELEASE.version} `);
  } catch {
    return false;
  }
}
