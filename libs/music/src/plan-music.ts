import { chordOn, voiced, type Key } from './harmony.js';
import { MOOD_STYLES, type Mood } from './moods.js';
import { between, pick, randomOf } from './random.js';
import { SAMPLE_RATE_HZ } from './sound-stream.js';

export interface MusicOrder {
  mood: Mood;
  /** Another one gives another piece. */
  seed: string;
  /** How long it is, its end included. */
  samples: number;
}

/** What a bar does in the piece. */
export type Part = 'intro' | 'verse' | 'full' | 'break' | 'outro' | 'end';

export interface Bar {
  part: Part;
  /** Pitches of its chord, from below, and the chord's own root. */
  chord: number[];
  root: number;
  pattern: string;
}

/** A piece before it is played. The last bar is a chord that dies away until the end. */
export interface MusicPlan extends MusicOrder {
  key: Key;
  barSamples: number;
  bars: Bar[];
}

const BEATS = 4;
/** What the last chord gets to die away in. */
const END_S = 3.5;
/** So much faster or slower than wanted a piece may be, to end where it has to. */
const STRETCH = 0.06;

/** Lays out a piece of a given length: whole bars, and the last chord where there is time for it. Pure. */
export function planMusic(order: MusicOrder): MusicPlan {
  const { mood, seed, samples } = order;
  const style = MOOD_STYLES[mood];
  const random = randomOf(`${mood}/${seed}`);
  const key: Key = { root: pick(random, style.roots), scale: style.scale };
  const { barSamples, count } = barsIn(samples, between(random, style.tempo));
  const main = pick(random, style.progressions);
  const other = pick(random, style.progressions);
  const patterns = [pick(random, style.patterns), pick(random, style.patterns)] as const;
  const bars: Bar[] = [];
  let chord: number[] = [];
  for (const [index, part] of partsOf(count).entries()) {
    const isContrast = part === 'break';
    const degree = part === 'end' ? 0 : ((isContrast ? other : main)[index % 4] ?? 0);
    chord = voiced(chordOn(key, degree, style.rich && part !== 'end'), chord);
    const root = chordOn(key, degree, false)[0] ?? key.root;
    bars.push({ part, chord, root, pattern: patterns[isContrast ? 1 : 0] });
  }
  return { ...order, key, barSamples, bars };
}

/** How many bars come before the last chord, and how long each is. */
function barsIn(samples: number, tempo: number): { barSamples: number; count: number } {
  const wanted = (BEATS * 60 * SAMPLE_RATE_HZ) / tempo;
  const room = Math.max(0, samples - END_S * SAMPLE_RATE_HZ);
  const count = Math.round(room / wanted);
  const exact = count === 0 ? wanted : room / count;
  const least = wanted * (1 - STRETCH);
  const most = wanted * (1 + STRETCH);
  return { barSamples: Math.floor(Math.min(most, Math.max(least, exact))), count };
}

const SECTION_BARS = 8;
const CYCLE: readonly Part[] = ['verse', 'full', 'break', 'full'];

/** Builds up, goes round, thins out, ends. */
export function partsOf(count: number): Part[] {
  const intro = count >= 16 ? 4 : count >= 6 ? 2 : Math.min(1, count);
  const outro = count >= 16 ? 4 : count >= 6 ? 2 : 0;
  const parts: Part[] = Array.from({ length: intro }, () => 'intro');
  for (let bar = 0; bar < count - intro - outro; bar += 1) {
    const section = Math.floor(bar / SECTION_BARS);
    parts.push(CYCLE[section % CYCLE.length] ?? 'verse');
  }
  return [...parts, ...Array.from({ length: outro }, (): Part => 'outro'), 'end'];
}
