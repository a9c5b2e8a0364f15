import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';

/**
 * What the work gives, or undefined where it says that there is no such file. Every other error is thrown:
 * a file that cannot be read now is not one that is not there, and work that costs money is not done twice
 * for it.
 */
export async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The JSON, or undefined where it is damaged. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/**
 * mkdir -p that is on disk when it returns: a synced file is lost all the same while an entry on its path
 * is not synced. Node's own says ENOENT where a parent cannot be made on a read-only file system, which
 * hides the reason.
 */
export async function makeFolder(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  for (let tries = 0; ; tries += 1) {
    try {
      await mkdir(folder);
      return await sync(parent);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') return;
      // An empty parent may be cleared away between making it and making its child.
      if (code !== 'ENOENT' || parent === folder || tries === 3) throw error;
      await makeFolder(parent);
    }
  }
}

export async function writeNew(file: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(content);
  } finally {
    await handle.close();
  }
}

/** Of a folder: its entries. */
export async function sync(target: string): Promise<void> {
  const handle = await open(target, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
