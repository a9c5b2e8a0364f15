import { open, type FileHandle } from 'node:fs/promises';

const PAGE_BYTES = 16_384;
const MAX_PAGES = 256;

/**
 * A large sorted text file, read in pages that are kept while they are in use (at most 4 MB), so that
 * looking a word up costs a few reads and never the whole file. ASCII only: a byte is a character.
 */
export class PagedFile {
  private readonly pages = new Map<number, Promise<string>>();

  private constructor(
    private readonly handle: FileHandle,
    readonly bytes: number,
  ) {}

  static async open(file: string): Promise<PagedFile> {
    const handle = await open(file, 'r');
    const { size } = await handle.stat();
    return new PagedFile(handle, size);
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /** The line that starts at this offset, without its end. */
  async lineAt(offset: number): Promise<string> {
    let line = '';
    for (let at = offset; at < this.bytes;) {
      const index = Math.floor(at / PAGE_BYTES);
      const rest = (await this.page(index)).slice(at - index * PAGE_BYTES);
      const end = rest.indexOf('\n');
      if (end >= 0) return line + rest.slice(0, end);
      line += rest;
      at = (index + 1) * PAGE_BYTES;
    }
    return line;
  }

  /** Binary search in a file whose lines are sorted by their first word, byte by byte. */
  async find(word: string): Promise<string | undefined> {
    const line = await this.lineAt(await this.lowerBound(`${word} `));
    return line.startsWith(`${word} `) ? line : undefined;
  }

  /** All lines that begin with a prefix, in order; at most `limit`. */
  async startingWith(prefix: string, limit = 200): Promise<string[]> {
    const found: string[] = [];
    for (let at = await this.lowerBound(prefix); at < this.bytes && found.length < limit;) {
      const line = await this.lineAt(at);
      if (!line.startsWith(prefix)) break;
      found.push(line);
      at += line.length + 1;
    }
    return found;
  }

  /** Start of the first line that is not sorted before the prefix. */
  private async lowerBound(prefix: string): Promise<number> {
    let low = 0;
    let high = this.bytes;
    while (low < high) {
      const start = await this.lineStart(Math.floor((low + high) / 2));
      const line = await this.lineAt(start);
      if (line < prefix) low = start + line.length + 1;
      else high = start;
    }
    return low;
  }

  /** Start of the line that this offset lies in. */
  private async lineStart(offset: number): Promise<number> {
    for (let index = Math.floor(offset / PAGE_BYTES); index >= 0; index--) {
      const from = index * PAGE_BYTES;
      const before = (await this.page(index)).slice(0, Math.max(0, offset - from));
      const end = before.lastIndexOf('\n');
      if (end >= 0) return from + end + 1;
    }
    return 0;
  }

  private page(index: number): Promise<string> {
    const known = this.pages.get(index);
    if (known) return known;
    if (this.pages.size >= MAX_PAGES) {
      const oldest = this.pages.keys().next().value;
      if (oldest !== undefined) this.pages.delete(oldest);
    }
    const page = this.readPage(index);
    this.pages.set(index, page);
    return page;
  }

  private async readPage(index: number): Promise<string> {
    const buffer = Buffer.alloc(PAGE_BYTES);
    const { bytesRead } = await this.handle.read(buffer, 0, PAGE_BYTES, index * PAGE_BYTES);
    return buffer.toString('latin1', 0, bytesRead);
  }
}
