import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Sound } from '@aura/proto';

/** A piece of the library, by its content. */
export interface LibraryPiece {
  file: string;
  sha256: string;
}

const ENDINGS = new Set(['.mp3', '.wav', '.flac', '.m4a', '.ogg', '.opus', '.aac']);
const MAX_PIECES = 1_000;
/** In place of a hash: the file is there and cannot be read. */
export const UNREADABLE = 'unreadable';

/**
 * The piece of a folder of music that a sound gets: folders in it are named after moods, and `seed` chooses among
 * their files. Undefined where there is none: then the music is made here. Only what lies in the folder itself is taken,
 * no links.
 */
export async function pieceFor(
  { kind, mood, audio }: Sound,
  folder: string | undefined,
  seed: string,
): Promise<LibraryPiece | undefined> {
  if (!folder || audio || kind !== 'music' || !/^[a-z]{1,20}$/.test(mood)) return undefined;
  const shelf = path.join(folder, mood);
  const entries = await readdir(shelf, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isFile() && ENDINGS.has(path.extname(entry.name).toLowerCase()))
    .map(({ name }) => name)
    .toSorted()
    .slice(0, MAX_PIECES);
  const chosen = names[hashOf(seed).readUInt32BE(0) % Math.max(1, names.length)];
  if (chosen === undefined) return undefined;
  const file = path.resolve(shelf, chosen);
  return { file, sha256: await contentHash(file).catch(() => UNREADABLE) };
}

/** Files do not change often: each is read once as long as its size and time stay. */
const hashes = new Map<string, string>();

async function contentHash(file: string): Promise<string> {
  const { size, mtimeMs } = await stat(file);
  const name = `${file}\n${size}\n${mtimeMs}`;
  const known = hashes.get(name);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  if (hashes.size > MAX_PIECES) hashes.clear();
  hashes.set(name, found);
  return found;
}

function hashOf(seed: string): Buffer {
  return createHash('sha256').update(seed).digest();
}
