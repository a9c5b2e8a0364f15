export interface SoundFacts {
  /** Integrated loudness; −70 and less is silence. */
  loudnessLufs: number;
  truePeakDbtp: number;
}

export const SILENCE: SoundFacts = { loudnessLufs: -70, truePeakDbtp: -100 };

/** Takes over a running figure: the last one holds. */
export function noteLoudness(facts: SoundFacts, key: string, value: number): void {
  if (!Number.isFinite(value)) return;
  if (key === 'lavfi.r128.I') facts.loudnessLufs = value;
  if (key === 'lavfi.r128.true_peak') facts.truePeakDbtp = 20 * Math.log10(Math.max(value, 1e-5));
}
