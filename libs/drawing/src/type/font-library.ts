import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Blob } from 'harfbuzzjs';
import { fontChain, sourceKey, type ChainRequest } from './font-chain.js';
import { openFace, type FontFace } from './font-face.js';
import { findFontFiles, stampOf, type FontFiles, type FontSource } from './font-files.js';

/** The fonts of one worker, opened when they are first needed and bounded in memory. */
export interface FontLibrary {
  /** The faces to try for a script, opened one after the other: iterate only as far as needed. */
  faces(request: ChainRequest): AsyncIterable<FontFace>;
  /** Names the content of every font that these requests could use. */
  version(requests: ChainRequest[]): Promise<string>;
}

/** Bytes of opened font files after which the least recently used are let go. The CJK collections are 20–27 MB each. */
const MAX_OPEN_BYTES = 64 * 1024 * 1024;
const MAX_FONT_BYTES = 64 * 1024 * 1024;

interface OpenFile {
  blob: Blob;
  bytes: number;
  faces: Map<string, FontFace>;
}

/** Looks for fonts now; fonts installed later are seen after the next start. */
export async function openFontLibrary(ownFolder?: string): Promise<FontLibrary> {
  return fontLibrary(await findFontFiles(ownFolder));
}

/** Fonts are looked for once per folder and process, and opened once whoever asks. */
export function sharedFontLibrary(ownFolder?: string): Promise<FontLibrary> {
  const key = ownFolder ?? '';
  const library = shared.get(key) ?? openFontLibrary(ownFolder);
  shared.set(key, library);
  return library;
}

const shared = new Map<string, Promise<FontLibrary>>();

export function fontLibrary(files: FontFiles): FontLibrary {
  const opened = new Map<string, Promise<OpenFile | undefined>>();
  const sizes = new Map<string, number>();
  const stamps = new Map<string, Promise<string>>();

  async function face(source: FontSource): Promise<FontFace | undefined> {
    const found = opened.get(source.file) ?? openFile(source.file);
    opened.delete(source.file);
    opened.set(source.file, found);
    const file = await found;
    if (!file) return undefined;
    sizes.set(source.file, file.bytes);
    letGoOfOldest(opened, sizes);
    const key = sourceKey(source);
    const known = file.faces.get(key);
    if (known) return known;
    try {
      const fresh = openFace(path.basename(key), file.blob, source);
      file.faces.set(key, fresh);
      return fresh;
    } catch {
      // A broken font among the user's own must not stop a film: the next one in the chain draws.
      return undefined;
    }
  }

  return {
    async *faces(request) {
      for (const source of fontChain(files, request)) {
        const usable = await face(source);
        if (usable) yield usable;
      }
    },
    async version(requests) {
      const all = new Set(
        requests.flatMap((request) => fontChain(files, request).map((source) => source.file)),
      );
      const known = await Promise.all(
        [...all].map((file) => {
          const stamp = stamps.get(file) ?? stampOf(file).catch(() => 'unreadable');
          stamps.set(file, stamp);
          return stamp;
        }),
      );
      return createHash('sha256').update(known.join()).digest('hex').slice(0, 16);
    },
  };
}

async function openFile(file: string): Promise<OpenFile | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes || bytes.byteLength === 0 || bytes.byteLength > MAX_FONT_BYTES) return undefined;
  return { blob: new Blob(bytes), bytes: bytes.byteLength, faces: new Map() };
}

/** HarfBuzz's memory is freed when the last text that was set with a face is collected. */
function letGoOfOldest(opened: Map<string, Promise<unknown>>, sizes: Map<string, number>): void {
  const total = () => [...opened.keys()].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
  while (opened.size > 1 && total() > MAX_OPEN_BYTES) {
    const [oldest] = opened.keys();
    if (oldest === undefined) return;
    opened.delete(oldest);
  }
}
