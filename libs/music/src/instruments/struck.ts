import { SAMPLE_RATE_HZ } from '../sound-stream.js';
import { addPanned, emptyTone, hzOf, type Tone } from '../tone.js';
import { addVoice, strikeOf, wavetable } from './wavetable.js';

/** How a single note is struck or plucked. */
export interface StruckSound {
  attackS: number;
  /** Time after which the note of middle C is half as loud; higher notes die away sooner. */
  halfS: number;
  /** Partials: their frequency as a multiple of the note's, height, and how much sooner they die away. */
  partials: readonly { ratio: number; level: number; faster: number }[];
}

export const PLUCK: StruckSound = {
  attackS: 0.003,
  halfS: 0.22,
  partials: [1, 2, 3, 4, 5, 6].map((ratio) => ({
    ratio,
    level: 0.8 / ratio ** 1.2,
    faster: 0.6 + 0.5 * ratio,
  })),
};

export const MUTED: StruckSound = {
  attackS: 0.002,
  halfS: 0.07,
  partials: [1, 2, 3, 4].map((ratio) => ({
    ratio,
    level: 0.9 / ratio ** 1.5,
    faster: 0.8 + 0.4 * ratio,
  })),
};

/** The bars of a celesta: partials that are no harmonics sound only for a moment. */
export const BELL: StruckSound = {
  attackS: 0.004,
  halfS: 0.6,
  partials: [
    { ratio: 1, level: 1, faster: 1 },
    { ratio: 2, level: 0.25, faster: 1.6 },
    { ratio: 4, level: 0.1, faster: 4 },
    { ratio: 6.27, level: 0.05, faster: 12 },
  ],
};

export const CHIME: StruckSound = { ...BELL, halfS: 0.9 };

/** So long a note is worked out: a thousandth of its loudness is left. */
const HALVINGS = 10;

export function struck(pitch: number, { attackS, halfS, partials }: StruckSound): Tone {
  const halfOfPitchS = halfS * 2 ** ((60 - pitch) / 36);
  const tone = emptyTone(attackS + halfOfPitchS * HALVINGS);
  const into = new Float32Array(tone.left.length);
  for (const { ratio, level, faster } of partials) {
    const hz = hzOf(pitch) * ratio;
    if (hz > SAMPLE_RATE_HZ / 5) continue;
    const envelope = strikeOf(into.length, attackS, halfOfPitchS / faster);
    const height = (0.25 * level) / Math.SQRT2;
    addVoice(
      into,
      SINE,
      { hz, phase: 0 },
      envelope.map((share) => share * height),
    );
  }
  addPanned(tone, into, 0.5);
  return tone;
}

const SINE = wavetable(SAMPLE_RATE_HZ, () => 1);

/** A round bass note held for so many seconds. */
export function bass(pitch: number, holdS: number): Tone {
  const releaseS = 0.12;
  const tone = emptyTone(holdS + releaseS);
  const into = new Float32Array(tone.left.length);
  const table = wavetable(hzOf(pitch), (harmonic) => [1, 0.45, 0.18, 0.06][harmonic - 1] ?? 0);
  const envelope = strikeOf(into.length, 0.012, 1.4);
  const release = Math.round(releaseS * SAMPLE_RATE_HZ);
  for (let left = 0; left < Math.min(release, into.length); left += 1) {
    const at = into.length - 1 - left;
    envelope[at] = ((envelope[at] ?? 0) * left) / release;
  }
  addVoice(
    into,
    table,
    { hz: hzOf(pitch), phase: 0 },
    envelope.map((share) => 0.3 * share),
  );
  addPanned(tone, into, 0.5);
  return tone;
}
