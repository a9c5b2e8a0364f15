import { tonesBetween } from './harmony.js';
import type { Drum } from './instruments/drums.js';
import { MOOD_STYLES, type MoodStyle } from './moods.js';
import type { Bar, MusicPlan, Part } from './plan-music.js';
import { randomOf, type Random } from './random.js';
import { SAMPLE_RATE_HZ } from './sound-stream.js';

/** What an instrument is asked for: equal ones sound alike, but for gain and place. */
export type Sound =
  | { kind: 'held'; with: MoodStyle['held']; pitches: readonly number[]; seconds: number }
  | { kind: 'note'; with: MoodStyle['figure']['sound']; pitch: number }
  | { kind: 'bass'; pitch: number; seconds: number }
  | { kind: 'drum'; drum: Drum; variant: number };

export interface Note {
  sound: Sound;
  /** Sample of the piece. */
  at: number;
  gain: number;
  /** 0 is left, 1 right. */
  pan: number;
}

const STEPS = 16;
/** So far from the grid hands are, in samples. */
const UNEVEN_SAMPLES = 180;

/** How loud the players are in each part of a piece. */
const LEVELS: Record<Part, { held: number; figure: number; bass: number; drums: number }> = {
  intro: { held: 0.9, figure: 0.5, bass: 0, drums: 0 },
  verse: { held: 0.9, figure: 0.8, bass: 0.8, drums: 0.5 },
  full: { held: 1, figure: 1, bass: 1, drums: 1 },
  break: { held: 1, figure: 0.8, bass: 0.6, drums: 0.25 },
  outro: { held: 0.9, figure: 0.5, bass: 0.7, drums: 0 },
  end: { held: 1, figure: 0.7, bass: 0.8, drums: 0 },
};

/** The notes of one bar. Pure: the same bar of the same plan is always the same. */
export function notesOf(plan: MusicPlan, index: number): Note[] {
  const bar = plan.bars[index];
  if (!bar) return [];
  const place: BarPlace = {
    plan,
    bar,
    style: MOOD_STYLES[plan.mood],
    random: randomOf(`${plan.mood}/${plan.seed}/${index}`),
    start: index * plan.barSamples,
  };
  return bar.part === 'end' ? lastChord(place) : playedBar(place);
}

interface BarPlace {
  plan: MusicPlan;
  bar: Bar;
  style: MoodStyle;
  random: Random;
  start: number;
}

function playedBar(place: BarPlace): Note[] {
  const { plan, bar, style, start } = place;
  const level = LEVELS[bar.part];
  const seconds = round(plan.barSamples / SAMPLE_RATE_HZ);
  const held: Note = {
    sound: { kind: 'held', with: style.held, pitches: bar.chord, seconds },
    at: start,
    gain: level.held,
    pan: 0.5,
  };
  return [held, ...figure(place), ...bassLine(place), ...drums(place)];
}

function figure({ plan, bar, style, random, start }: BarPlace): Note[] {
  const { sound, low, level } = style.figure;
  const tones = tonesBetween(bar.chord, low, low + 24);
  return hits(bar.pattern).map(({ step, digit }) => ({
    sound: { kind: 'note', with: sound, pitch: tones[digit % tones.length] ?? low },
    at: start + sampleOf(plan, step) + unevenness(random, step),
    gain: level * LEVELS[bar.part].figure * (step % 4 === 0 ? 1 : 0.8) * (0.9 + 0.2 * random()),
    pan: step % 4 < 2 ? 0.4 : 0.6,
  }));
}

function bassLine({ plan, bar, style, start }: BarPlace): Note[] {
  const level = LEVELS[bar.part].bass;
  if (level === 0) return [];
  const played = hits(style.bass);
  return played.map(({ step }, index) => {
    const until = played[index + 1]?.step ?? STEPS;
    const seconds = round(((until - step) * plan.barSamples) / STEPS / SAMPLE_RATE_HZ - 0.02);
    return {
      sound: { kind: 'bass', pitch: bassPitch(bar.root), seconds },
      at: start + sampleOf(plan, step),
      gain: level,
      pan: 0.5,
    };
  });
}

function drums({ plan, bar, style, random, start }: BarPlace): Note[] {
  const level = LEVELS[bar.part].drums;
  if (level === 0) return [];
  return Object.entries(style.drums).flatMap(([drum, pattern]) =>
    hits(pattern).map(({ step, digit }) => ({
      sound: { kind: 'drum' as const, drum: drum as Drum, variant: Math.floor(random() * 3) },
      at: start + sampleOf(plan, step) + unevenness(random, step),
      gain: (level * digit * (0.9 + 0.2 * random())) / 9,
      pan: 0.5,
    })),
  );
}

function lastChord({ plan, bar, style, start }: BarPlace): Note[] {
  const seconds = round(Math.max(0.5, (plan.samples - start) / SAMPLE_RATE_HZ - 1.5));
  const [first = 60] = tonesBetween([bar.root], style.figure.low, style.figure.low + 12);
  const level = LEVELS.end;
  return [
    {
      sound: {
        kind: 'held',
        with: style.held,
        pitches: bar.chord,
        seconds: Math.min(4, seconds),
      },
      at: start,
      gain: level.held,
      pan: 0.5,
    },
    {
      sound: { kind: 'note', with: style.figure.sound, pitch: first },
      at: start,
      gain: style.figure.level * level.figure,
      pan: 0.5,
    },
    {
      sound: { kind: 'bass', pitch: bassPitch(bar.root), seconds: Math.min(3, seconds) },
      at: start,
      gain: level.bass,
      pan: 0.5,
    },
  ];
}

function hits(pattern: string): { step: number; digit: number }[] {
  return pattern
    .split('')
    .flatMap((mark, step) => (mark === '.' ? [] : [{ step, digit: Number.parseInt(mark, 10) }]));
}

function sampleOf({ barSamples }: MusicPlan, step: number): number {
  return Math.round((step * barSamples) / STEPS);
}

/** The first beat of a bar is exact. */
function unevenness(random: Random, step: number): number {
  return step === 0 ? 0 : Math.floor(random() * UNEVEN_SAMPLES);
}

/** The root in the octave that small loudspeakers still reproduce. */
function bassPitch(root: number): number {
  let pitch = root;
  while (pitch >= 45) pitch -= 12;
  while (pitch < 33) pitch += 12;
  return pitch;
}

function round(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000;
}
