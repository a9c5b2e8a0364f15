/** Steps of a scale in semitones from its root. */
export const SCALES = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
} as const;

export interface Key {
  /** MIDI number of the root, in the octave below middle C. */
  root: number;
  scale: keyof typeof SCALES;
}

/** The pitch, as a MIDI number, of a degree of the key: 0 is the root, 7 the root an octave higher. */
export function pitchOf({ root, scale }: Key, degree: number): number {
  const steps = SCALES[scale];
  const octave = Math.floor(degree / steps.length);
  return root + 12 * octave + (steps[degree - octave * steps.length] ?? 0);
}

/** The tones of the chord on a degree: a triad, with the ninth above where `rich`. */
export function chordOn(key: Key, degree: number, rich: boolean): number[] {
  return [0, 2, 4, ...(rich ? [8] : [])].map((step) => pitchOf(key, degree + step));
}

const [LOWEST, HIGHEST] = [52, 72];

/** The same tones, each in the octave that lies nearest to the chord before, so that voices move little. */
export function voiced(chord: readonly number[], before: readonly number[]): number[] {
  const centre = before.length > 0 ? mean(before) : 62;
  const near = chord.map((pitch) => {
    let best = pitch;
    for (let octave = -3; octave <= 3; octave += 1) {
      const other = pitch + 12 * octave;
      if (other < LOWEST || other > HIGHEST) continue;
      const isOutside = best < LOWEST || best > HIGHEST;
      if (isOutside || distance(other, before, centre) < distance(best, before, centre)) {
        best = other;
      }
    }
    return best;
  });
  return [...new Set(near)].toSorted((a, b) => a - b);
}

function distance(pitch: number, before: readonly number[], centre: number): number {
  const nearest = Math.min(...before.map((other) => Math.abs(other - pitch)), 12);
  return nearest + Math.abs(pitch - centre) / 4;
}

/** The tones of a chord between two pitches, in all octaves, from below. */
export function tonesBetween(chord: readonly number[], from: number, to: number): number[] {
  const classes = new Set(chord.map((pitch) => pitch % 12));
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((pitch) =>
    classes.has(pitch % 12),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
