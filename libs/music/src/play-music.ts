import { bandIn } from './band.js';
import { loudnessMeter, SILENCE_LUFS } from './loudness-meter.js';
import { MOOD_STYLES } from './moods.js';
import type { MusicPlan } from './plan-music.js';
import { notesOf, type Note } from './score.js';
import { SAMPLE_RATE_HZ, type SoundStream } from './sound-stream.js';
import { panGains, type Tone } from './tone.js';

/** Integrated loudness of what is made here, before anybody mixes it. */
export const MADE_LUFS = -20;

/** So much of the fullest part is listened to before the piece is brought to its loudness. */
const LISTENED_BARS = 4;

/** Anybody else in this thread gets a turn. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Plays a piece at −20 LUFS. Its tones are worked out first, with a pause after each, in about half a second; then it
 * streams. Memory does not grow with its length.
 */
export async function playMusic(plan: MusicPlan): Promise<SoundStream> {
  const play = bandIn(MOOD_STYLES[plan.mood].room);
  for (let bar = 0; bar < plan.bars.length; bar += 1) {
    for (const { sound } of notesOf(plan, bar)) {
      const before = performance.now();
      play(sound);
      if (performance.now() - before > 2) await breathe();
    }
  }
  return performed(plan, { play, gain: gainFor(plan, play) });
}

interface Players {
  play: (sound: Note['sound']) => Tone;
  gain: number;
}

function gainFor(plan: MusicPlan, play: Players['play']): number {
  const full = plan.bars.findIndex(({ part }) => part === 'full');
  const verse = plan.bars.findIndex(({ part }) => part === 'verse');
  const from = Math.max(0, full >= 0 ? full : verse);
  const stream = performed(plan, { play, gain: 1 }, from);
  const meter = loudnessMeter();
  const samples = Math.min(LISTENED_BARS * plan.barSamples, plan.samples);
  for (let at = 0; at < samples; at += SAMPLE_RATE_HZ) {
    const [left, right] = [new Float32Array(SAMPLE_RATE_HZ), new Float32Array(SAMPLE_RATE_HZ)];
    stream.read(left, right);
    meter.add(left, right);
  }
  const loudness = meter.loudnessLufs();
  return loudness <= SILENCE_LUFS ? 1 : 10 ** ((MADE_LUFS - loudness) / 20);
}

interface Sounding {
  tone: Tone;
  /** Sample of the piece at which it began. */
  at: number;
  left: number;
  right: number;
}

function performed(plan: MusicPlan, { play, gain }: Players, firstBar = 0): SoundStream {
  let position = firstBar * plan.barSamples;
  let nextBar = firstBar;
  let sounding: Sounding[] = [];
  return {
    read(left, right) {
      left.fill(0);
      right.fill(0);
      const end = position + left.length;
      // A note may be late by a little, never early: the bar that begins before `end` is all there is.
      for (; nextBar < plan.bars.length && nextBar * plan.barSamples < end; nextBar += 1) {
        for (const note of notesOf(plan, nextBar)) sounding.push(soundingOf(note, play, gain));
      }
      for (const one of sounding) addTo(left, right, one, position);
      position = end;
      sounding = sounding.filter(({ tone, at }) => at + tone.left.length > position);
    },
  };
}

function soundingOf({ sound, at, gain, pan }: Note, play: Players['play'], by: number): Sounding {
  // Tones are stereo already: a pan moves their balance and keeps the middle as loud as it is.
  const { left, right } = panGains(pan);
  return {
    tone: play(sound),
    at,
    left: gain * by * left * Math.SQRT2,
    right: gain * by * right * Math.SQRT2,
  };
}

function addTo(left: Float32Array, right: Float32Array, one: Sounding, position: number): void {
  const { tone, at } = one;
  const from = Math.max(0, at - position);
  const to = Math.min(left.length, at + tone.left.length - position);
  for (let index = from; index < to; index += 1) {
    const source = position + index - at;
    left[index] = (left[index] ?? 0) + one.left * (tone.left[source] ?? 0);
    right[index] = (right[index] ?? 0) + one.right * (tone.right[source] ?? 0);
  }
}
