import { noteLoudness, SILENCE, type SoundFacts } from '../sound/sound-facts.js';
import type { Interval } from './intervals.js';
import { readMetadataFile } from './metadata-file.js';
import { stretches } from './stretches.js';

/** What is heard, and where nothing is. */
export interface HeardFacts extends SoundFacts {
  /** Without sound, of any length; one that lasts to the end may be said to last for ever. */
  silences: Interval[];
}

/** Reads what `heardFilter` has written. */
export async function readHeardFacts(
  file: string,
  durationMs = Number.POSITIVE_INFINITY,
): Promise<HeardFacts> {
  const loudness = { ...SILENCE };
  const silences = stretches('lavfi.silence_start', 'lavfi.silence_end');
  await readMetadataFile(file, (line) => {
    silences.note(line);
    noteLoudness(loudness, line.key, Number(line.value));
  });
  return { ...loudness, silences: silences.until(durationMs) };
}
