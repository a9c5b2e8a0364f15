import { readMetadataFile } from '../checks/metadata-file.js';

export interface SoundFacts {
  /** Integrated loudness; −70 and less is silence. */
  loudnessLufs: number;
  truePeakDbtp: number;
}

const SILENCE: SoundFacts = { loudnessLufs: -70, truePeakDbtp: -100 };

/** What `loudnessFilter` has written. */
export async function readSoundFacts(file: string): Promise<SoundFacts> {
  const facts = { ...SILENCE };
  await readMetadataFile(file, ({ key, value }) => noteLoudness(facts, key, Number(value)));
  return facts;
}

/** Takes over a running figure: the last one holds. */
export function noteLoudness(facts: SoundFacts, key: string, value: number): void {
  if (!Number.isFinite(value)) return;
  if (key === 'lavfi.r128.I') facts.loudnessLufs = value;
  if (key === 'lavfi.r128.true_peak') facts.truePeakDbtp = 20 * Math.log10(Math.max(value, 1e-5));
}
