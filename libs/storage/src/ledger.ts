import { readdir, readFile, rename, rm, unlink } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { toFailure } from '@aura/failure';
import { ifThere, makeFolder, parsed, sync, writeNew } from './files.js';
import { plainName } from './plain-name.js';

/**
 * Books that are only ever added to: many writers on many machines, none of whom can spoil another's entry.
 * A book is the calls of one video, for example.
 */
export interface Ledger {
  /**
   * Adds one entry (JSON, kilobytes) under a name that is unique in its book; on disk when it returns. The same
   * name again replaces the entry, but readers may keep what they have read of it: write no other content.
   * Errors: OutOfDiskSpace, OutputDirectoryNotWritable.
   */
  write(book: string, name: string, entry: unknown): Promise<void>;
  /**
   * All entries of a book by name, not to be changed; empty where there is no such book. A damaged entry stands there
   * as undefined; one that cannot be read is an error, for what it says was paid for.
   */
  read(book: string): Promise<Map<string, unknown>>;
  /** The names of all books. */
  books(): Promise<string[]>;
  /** Removes a book with all its entries. Idempotent. Errors: OutputDirectoryNotWritable. */
  remove(book: string): Promise<void>;
}

/** Books whose entries are kept in memory, some 100 KB each. */
const BOOKS_KEPT = 32;

/**
 * A ledger in one folder: <root>/ledger/<book>/<name>.json. Book and name are letters, digits, ".", "_" and "-". A book is
 * read often while it grows, so what has been read of it is kept, and only new names are opened.
 */
export class LocalLedger implements Ledger {
  /** The least lately used first. */
  private readonly known = new Map<string, Map<string, unknown>>();

  constructor(private readonly root: string) {}

  async write(book: string, name: string, entry: unknown): Promise<void> {
    const folder = this.folderOf(book);
    const file = path.join(folder, `${plainName(name)}.json`);
    const part = `${file}.${randomBytes(6).toString('hex')}.part`;
    try {
      await makeFolder(folder);
      await writeNew(part, JSON.stringify(entry));
      await sync(part);
      await rename(part, file);
      await sync(folder);
      this.known.get(book)?.delete(name);
    } catch (error) {
      await unlink(part).catch(() => undefined);
      throw toFailure(error);
    }
  }

  async read(book: string): Promise<Map<string, unknown>> {
    const folder = this.folderOf(book);
    const known = this.kept(book);
    try {
      const files = (await ifThere(readdir(folder))) ?? [];
      const entries = new Map<string, unknown>();
      for (const file of files.filter((one) => one.endsWith('.json')).toSorted()) {
        const name = file.slice(0, -'.json'.length);
        if (!known.has(name)) {
          // One that is not there any more was removed meanwhile with its book.
          const json = await ifThere(readFile(path.join(folder, file), 'utf8'));
          if (json === undefined) continue;
          const entry = parsed(json);
          if (entry === undefined) entries.set(name, entry);
          else known.set(name, entry);
        }
        if (known.has(name)) entries.set(name, known.get(name));
      }
      return entries;
    } catch (error) {
      throw toFailure(error);
    }
  }

  async books(): Promise<string[]> {
    try {
      return (await ifThere(readdir(path.join(this.root, 'ledger')))) ?? [];
    } catch (error) {
      throw toFailure(error);
    }
  }

  async remove(book: string): Promise<void> {
    const folder = this.folderOf(book);
    this.known.delete(book);
    try {
      await rm(folder, { recursive: true, force: true });
    } catch (error) {
      throw toFailure(error);
    }
  }

  /** What has been read of a book, which is now the one used last. */
  private kept(book: string): Map<string, unknown> {
    const kept = this.known.get(book) ?? new Map<string, unknown>();
    this.known.delete(book);
    this.known.set(book, kept);
    const [oldest] = this.known.keys();
    if (this.known.size > BOOKS_KEPT && oldest !== undefined) this.known.delete(oldest);
    return kept;
  }

  private folderOf(book: string): string {
    return path.join(this.root, 'ledger', plainName(book));
  }
}
