import type { Ledger } from '../ledger.js';
import { parsed } from '../files.js';
import { plainName } from '../plain-name.js';
import type { S3Bucket } from './s3-bucket.js';

const READ_AT_ONCE = 16;
/** Entries that are kept in memory; they are a few hundred bytes each. */
const MOST_KEPT = 50_000;

/**
 * A ledger in a bucket: ledger/<book>/<name>.json. What has been read is kept by its tag, so that a book that is read
 * often while it grows costs one list and the new entries.
 */
export class S3Ledger implements Ledger {
  private readonly known = new Map<string, { etag: string; entry: unknown }>();

  constructor(private readonly bucket: S3Bucket) {}

  async write(book: string, name: string, entry: unknown): Promise<void> {
    await this.bucket.put(`${folderOf(book)}${plainName(name)}.json`, JSON.stringify(entry));
  }

  async read(book: string): Promise<Map<string, unknown>> {
    const folder = folderOf(book);
    const objects = await this.bucket.all(folder);
    const entries = new Map<string, unknown>();
    for (let from = 0; from < objects.length; from += READ_AT_ONCE) {
      const some = objects.slice(from, from + READ_AT_ONCE);
      const read = await Promise.all(some.map(({ key, etag }) => this.entry(key, etag)));
      for (const [index, { key }] of some.entries()) {
        const found = read[index];
        if (found) entries.set(key.slice(folder.length, -'.json'.length), found.entry);
      }
    }
    return entries;
  }

  async books(): Promise<string[]> {
    const books = new Set<string>();
    for await (const { key } of this.bucket.list('ledger/')) books.add(key.split('/')[1] ?? '');
    return [...books];
  }

  async remove(book: string): Promise<void> {
    for await (const { key } of this.bucket.list(folderOf(book))) {
      this.known.delete(key);
      await this.bucket.remove(key);
    }
  }

  private async entry(key: string, etag: string): Promise<{ entry: unknown } | undefined> {
    const known = this.known.get(key);
    if (known?.etag === etag) return known;
    const found = await this.bucket.text(key);
    if (!found) return undefined;
    const read = { etag: found.etag, entry: parsed(found.text) };
    this.known.set(key, read);
    for (const [oldest] of this.known) {
      if (this.known.size <= MOST_KEPT) break;
      this.known.delete(oldest);
    }
    return read;
  }
}

function folderOf(book: string): string {
  return `ledger/${plainName(book)}/`;
}
