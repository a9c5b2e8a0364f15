import type { SCALES } from './harmony.js';

export const MOODS = ['calm', 'upbeat', 'dramatic', 'corporate'] as const;
export type Mood = (typeof MOODS)[number];

export function isMood(name: string): name is Mood {
  return (MOODS as readonly string[]).includes(name);
}

/** What a mood is made of. Patterns have a character for each sixteenth of a bar. */
export interface MoodStyle {
  /** Least and most quarter notes a minute. */
  tempo: readonly [number, number];
  scale: keyof typeof SCALES;
  /** MIDI numbers of the roots that suit it. */
  roots: readonly [number, ...number[]];
  /** Degrees of the chords of four bars: the first for most of the piece, another for its contrasts. */
  progressions: readonly [readonly number[], ...(readonly number[])[]];
  /** Chords with a ninth. */
  rich: boolean;
  held: 'pad' | 'strings' | 'keys';
  /** Figures of single notes: digits are steps up the chord's tones. */
  figure: { sound: 'bell' | 'pluck' | 'muted' | 'spiccato'; low: number; level: number };
  patterns: readonly [string, ...string[]];
  bass: string;
  /** Drums, digits are loudness from 1 to 9. */
  drums: Partial<Record<'kick' | 'tom' | 'snap' | 'hat' | 'shaker', string>>;
  room: { decayS: number; wet: number };
}

export const MOOD_STYLES: Record<Mood, MoodStyle> = {
  calm: {
    tempo: [64, 74],
    scale: 'major',
    roots: [48, 50, 53, 55],
    progressions: [
      [0, 5, 3, 4],
      [3, 0, 4, 5],
      [0, 2, 3, 0],
      [5, 3, 0, 4],
    ],
    rich: true,
    held: 'pad',
    figure: { sound: 'bell', low: 69, level: 0.5 },
    patterns: ['0...2...1.....3.', '2.....1...0.....', '0.....3.....2...', '1...3.....2...0.'],
    bass: '0...............',
    drums: {},
    room: { decayS: 3.2, wet: 0.16 },
  },
  upbeat: {
    tempo: [112, 122],
    scale: 'major',
    roots: [48, 50, 52, 55, 57],
    progressions: [
      [0, 4, 5, 3],
      [5, 3, 0, 4],
      [0, 3, 5, 4],
    ],
    rich: false,
    held: 'keys',
    figure: { sound: 'pluck', low: 67, level: 0.6 },
    patterns: ['0.2.3.2.1.2.3.2.', '0..2..3.0..2..3.', '0.1.2.3.4.3.2.1.'],
    bass: '0..0..0.0..0..0.',
    drums: {
      kick: '8...7...8...7...',
      hat: '..5...5...5...5.',
      snap: '....6.......6...',
      shaker: '3.2.4.2.3.2.4.2.',
    },
    room: { decayS: 1.4, wet: 0.1 },
  },
  dramatic: {
    tempo: [76, 88],
    scale: 'minor',
    roots: [45, 48, 50, 52],
    progressions: [
      [0, 5, 2, 6],
      [0, 3, 5, 6],
      [0, 6, 5, 6],
    ],
    rich: false,
    held: 'strings',
    figure: { sound: 'spiccato', low: 50, level: 0.7 },
    patterns: ['0.0.1.0.2.0.1.0.', '0.0.2.0.0.2.1.0.', '0.1.2.1.0.1.2.1.'],
    bass: '0...............',
    drums: { tom: '9.......5..6....' },
    room: { decayS: 2.8, wet: 0.17 },
  },
  corporate: {
    tempo: [96, 106],
    scale: 'major',
    roots: [48, 50, 52, 55],
    progressions: [
      [0, 4, 5, 3],
      [3, 0, 4, 5],
      [0, 5, 3, 4],
    ],
    rich: true,
    held: 'keys',
    figure: { sound: 'muted', low: 62, level: 0.75 },
    patterns: ['0.2.1.2.3.2.1.2.', '0.0.2.2.1.1.2.2.', '2.1.0.1.2.3.2.1.'],
    bass: '0.......0.....0.',
    drums: {
      kick: '7.......6.......',
      snap: '....4.......4...',
      shaker: '3...2...3...2...',
    },
    room: { decayS: 1.6, wet: 0.1 },
  },
};
