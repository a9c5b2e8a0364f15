import { access, open } from 'node:fs/promises';
import path from 'node:path';

/** Where packages put WordNet's data files: Debian, Fedora, the original release, Homebrew. */
const USUAL_FOLDERS = [
  '/usr/share/wordnet',
  '/usr/share/wordnet-3.0/dict',
  '/usr/local/WordNet-3.0/dict',
  '/usr/local/share/wordnet',
  '/opt/homebrew/opt/wordnet/dict',
  '/usr/local/opt/wordnet/dict',
];

const NEEDED = ['index.noun', 'data.noun', 'noun.exc', 'cntlist.rev'];

/** A dictionary on this machine. `edition` changes whenever its content does. */
export interface DictionaryPlace {
  folder: string;
  edition: string;
}

/**
 * Finds the dictionary's data files. `wordnetPath` is the folder that holds them, or the program `wn`:
 * a bare name means the usual folders, a path the folders beside that program. undefined where it is missing.
 */
export async function locateDictionary(wordnetPath: string): Promise<DictionaryPlace | undefined> {
  for (const folder of await candidates(wordnetPath)) {
    if (await hasAll(folder)) return { folder, edition: await editionOf(folder) };
  }
  return undefined;
}

async function candidates(wordnetPath: string): Promise<string[]> {
  if (!wordnetPath.includes('/')) return USUAL_FOLDERS;
  if (await hasAll(wordnetPath)) return [wordnetPath];
  const there = await access(wordnetPath).then(
    () => true,
    () => false,
  );
  if (!there) return [];
  const prefix = path.dirname(path.dirname(path.resolve(wordnetPath)));
  return [path.join(prefix, 'share/wordnet'), path.join(prefix, 'dict'), ...USUAL_FOLDERS];
}

async function hasAll(folder: string): Promise<boolean> {
  const missing = await Promise.allSettled(NEEDED.map((name) => access(path.join(folder, name))));
  return missing.every(({ status }) => status === 'fulfilled');
}

/** The release that the licence text at the head of the data names, and the size of that data. */
async function editionOf(folder: string): Promise<string> {
  const handle = await open(path.join(folder, 'data.noun'), 'r');
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2_048), 0, 2_048, 0);
    const release =
      /WordNet (\d+(?:\.\d+)?)/.exec(buffer.toString('latin1', 0, bytesRead))?.[1] ?? '';
    return `wordnet-${release || 'unknown'}-${size}`;
  } finally {
    await handle.close();
  }
}
