import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { toFailure } from '@aura/failure';

/**
 * Books that are only ever added to: many writers on many machines, none of whom can spoil another's entry.
 * A book is the calls of one video, for example.
 */
export interface Ledger {
  /**
   * Adds one entry (JSON, kilobytes) under a name that is unique in its book; on disk when it returns. The same
   * name again replaces the entry. Errors: OutOfDiskSpace, OutputDirectoryNotWritable.
   */
  write(book: string, name: string, entry: unknown): Promise<void>;
  /** All entries of a book by name; empty where there is no such book. A damaged entry is left out. */
  read(book: string): Promise<Map<string, unknown>>;
}

/** A ledger in one folder: <root>/ledger/<book>/<name>.json. Book and name are letters, digits, ".", "_" and "-". */
export class LocalLedger implements Ledger {
  constructor(private readonly root: string) {}

  async write(book: string, name: string, entry: unknown): Promise<void> {
    const folder = this.folderOf(book);
    const file = path.join(folder, `${plain(name)}.json`);
    const part = `${file}.${randomBytes(6).toString('hex')}.part`;
    try {
      await mkdir(folder, { recursive: true });
      await writeDurably(part, JSON.stringify(entry));
      await rename(part, file);
      await syncFolder(folder);
    } catch (error) {
      await unlink(part).catch(() => undefined);
      throw toFailure(error);
    }
  }

  async read(book: string): Promise<Map<string, unknown>> {
    const folder = this.folderOf(book);
    const names = await readdir(folder).catch(() => []);
    const entries = new Map<string, unknown>();
    for (const name of names.filter((name) => name.endsWith('.json')).toSorted()) {
      try {
        entries.set(name.slice(0, -5), JSON.parse(await readFile(path.join(folder, name), 'utf8')));
      } catch {
        // Damaged by the disk, or removed meanwhile with its book.
      }
    }
    return entries;
  }

  private folderOf(book: string): string {
    return path.join(this.root, 'ledger', plain(book));
  }
}

function plain(name: string): string {
  if (!/^[\w-][\w.-]{0,199}$/.test(name)) throw new TypeError('a name in a ledger is plain');
  return name;
}

async function writeDurably(file: string, content: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
