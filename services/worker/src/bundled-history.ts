import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { extract } from 'tar-stream';

/** Bundles are far below it. What unpacks to more is none. */
const MOST_BYTES = 512 * 2 ** 20;

/**
 * The history of a run in a bundle of diagnostics (tar.gz), as Temporal's JSON; of the newest run where none is named.
 * Nothing of it is written anywhere. Errors: what says that the file is no such bundle, or has no such history.
 */
export async function bundledHistory(file: string, wanted?: number): Promise<string> {
  const unpacked = await promisify(gunzip)(await readFile(file), { maxOutputLength: MOST_BYTES });
  const tar = extract();
  tar.end(unpacked);
  const found = new Map<number, string>();
  for await (const entry of tar) {
    const run = Number(/^history\/run-(\d{1,4})\.json$/.exec(entry.header.name)?.[1] ?? 0);
    if (run === 0 || (wanted !== undefined && run !== wanted)) {
      entry.resume();
      continue;
    }
    found.set(run, await textOf(entry));
  }
  const history = found.get(wanted ?? Math.max(0, ...found.keys()));
  if (history !== undefined) return history;
  throw new Error(`the file has no history${wanted === undefined ? '' : ` of run ${wanted}`}`);
}

/** Whether a file is to be read as a bundle, by its name. */
export function isBundle(file: string): boolean {
  return /\.(tar\.gz|tgz)$/i.test(file);
}
