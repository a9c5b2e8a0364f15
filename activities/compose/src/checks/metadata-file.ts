import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface MetadataLine {
  /** Time of the frame that carries it. */
  atMs: number;
  key: string;
  value: string;
}

/** Reads what FFmpeg's `metadata=mode=print` has written, line by line. */
export async function readMetadataFile(
  file: string,
  onLine: (line: MetadataLine) => void,
): Promise<void> {
  let atMs = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const time = /^frame:.*pts_time:(\S+)/.exec(line)?.[1];
    if (time !== undefined) {
      atMs = Number(time) * 1_000;
      continue;
    }
    const equals = line.indexOf('=');
    if (equals > 0) onLine({ atMs, key: line.slice(0, equals), value: line.slice(equals + 1) });
  }
}
