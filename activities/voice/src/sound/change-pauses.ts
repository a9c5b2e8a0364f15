import type { Interval } from '../voice-provider.js';
import { envelopeOf, FRAME_MS, isHeard, type Envelope } from './envelope.js';
import type { JoinedSpeech } from './join-speech.js';
import type { Sound } from './wav.js';

/** Shorter silences are closures of p, t and k, not pauses. */
const SHORTEST_PAUSE_MS = 40;
/** How far around the told times the silence is looked for. */
const REACH_MS = 120;
/** On both sides of a cut, so that it makes no click. */
const FADE_MS = 5;

/**
 * Makes the silences between sentences `factor` times as long, whoever made them. `sentences` has each word's
 * sentence. Sentences that run into each other are left as they are. Words after a pause move along.
 */
export function changePauses(
  { sound, words }: JoinedSpeech,
  sentences: readonly number[],
  factor: number,
): JoinedSpeech {
  const envelope = envelopeOf(sound);
  const cuts: Cut[] = [];
  let shiftMs = 0;
  const moved = words.map(({ startMs, endMs }, index) => {
    const before = words[index - 1];
    const isFirst = before !== undefined && sentences[index] !== sentences[index - 1];
    const silence = isFirst ? silenceBetween(envelope, before.endMs, startMs) : undefined;
    if (silence) {
      const changeMs = (silence.endMs - silence.startMs) * (factor - 1);
      cuts.push({ atMs: (silence.startMs + silence.endMs) / 2, changeMs });
      shiftMs += changeMs;
    }
    return { startMs: startMs + shiftMs, endMs: endMs + shiftMs };
  });
  return { sound: withCuts(sound, cuts), words: moved };
}

/** In the middle of a silence: so much more of it, or less where negative. */
interface Cut {
  atMs: number;
  changeMs: number;
}

/** The longest silence near where one sentence ends and the next begins. */
function silenceBetween(envelope: Envelope, endMs: number, startMs: number): Interval | undefined {
  const from = Math.max(0, Math.floor((endMs - REACH_MS) / FRAME_MS));
  const to = Math.min(envelope.levels.length, Math.ceil((startMs + REACH_MS) / FRAME_MS));
  let longest = SHORTEST_PAUSE_MS / FRAME_MS;
  let found: Interval | undefined;
  let run = 0;
  for (let frame = from; frame < to; frame += 1) {
    run = isHeard(envelope, frame) ? 0 : run + 1;
    if (run <= longest) continue;
    longest = run;
    found = { startMs: (frame + 1 - run) * FRAME_MS, endMs: (frame + 1) * FRAME_MS };
  }
  return found;
}

function withCuts({ samples, sampleRate }: Sound, cuts: readonly Cut[]): Sound {
  const toSamples = (ms: number) => Math.round((ms * sampleRate) / 1_000);
  const parts: Int16Array[] = [];
  let from = 0;
  for (const { atMs, changeMs } of cuts) {
    const removed = toSamples(Math.max(0, -changeMs));
    const to = toSamples(atMs) - Math.floor(removed / 2);
    parts.push(samples.slice(from, to), new Int16Array(toSamples(Math.max(0, changeMs))));
    from = to + removed;
  }
  parts.push(samples.slice(from));
  const kept = parts.filter((_, index) => index % 2 === 0);
  for (const [index, part] of kept.entries()) {
    if (index > 0) fade(part, toSamples(FADE_MS), (at) => at);
    if (index < kept.length - 1) fade(part, toSamples(FADE_MS), (at) => part.length - 1 - at);
  }
  const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return { samples: whole, sampleRate };
}

function fade(part: Int16Array, length: number, place: (index: number) => number): void {
  for (let index = 0; index < Math.min(length, part.length); index += 1) {
    const at = place(index);
    part[at] = Math.round(((part[at] ?? 0) * index) / length);
  }
}
