import { readdir, readFile, rename, rm, unlink } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { toFailure } from '@aura/failure';
import { ifThere, makeFolder, parsed, sync, writeNew } from './files.js';

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
  /**
   * All entries of a book by name; empty where there is no such book. A damaged entry is left out; one that
   * cannot be read is an error, for what it says was paid for.
   */
  read(book: string): Promise<Map<string, unknown>>;
  /** Removes a book with all its entries. Idempotent. Errors: OutputDirectoryNotWritable. */
  remove(book: string): Promise<void>;
}

/** A ledger in one folder: <root>/ledger/<book>/<name>.json. Book and name are letters, digits, ".", "_" and "-". */
export class LocalLedger implements Ledger {
  constructor(private readonly root: string) {}

  async write(book: string, name: string, entry: unknown): Promise<void> {
    const folder = this.folderOf(book);
    const file = path.join(folder, `${plain(name)}.json`);
    const part = `${file}.${randomBytes(6).toString('hex')}.part`;
    try {
      await makeFolder(folder);
      await writeNew(part, JSON.stringify(entry));
      await sync(part);
      await rename(part, file);
      await sync(folder);
    } catch (error) {
      await unlink(part).catch(() => undefined);
      throw toFailure(error);
    }
  }

  async read(book: string): Promise<Map<string, unknown>> {
    const folder = this.folderOf(book);
    try {
      const names = (await ifThere(readdir(folder))) ?? [];
      const entries = new Map<string, unknown>();
      for (const name of names.filter((name) => name.endsWith('.json')).toSorted()) {
        // One that is not there any more was removed meanwhile with its book.
        const json = await ifThere(readFile(path.join(folder, name), 'utf8'));
        const entry = json === undefined ? undefined : parsed(json);
        if (entry !== undefined) entries.set(name.slice(0, -5), entry);
      }
      return entries;
    } catch (error) {
      throw toFailure(error);
    }
  }

  async remove(book: string): Promise<void> {
    const folder = this.folderOf(book);
    try {
      await rm(folder, { recursive: true, force: true });
    } catch (error) {
      throw toFailure(error);
    }
  }

  private folderOf(book: string): string {
    return path.join(this.root, 'ledger', plain(book));
  }
}

function plain(name: string): string {
  if (!/^[\w-][\w.-]{0,199}$/.test(name)) throw new TypeError('a name in a ledger is plain');
  return name;
}
