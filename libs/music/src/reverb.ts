import { SAMPLE_RATE_HZ } from './sound-stream.js';
import { emptyTone, type Tone } from './tone.js';

export interface Room {
  /** Seconds until what was heard is 60 dB lower. */
  decayS: number;
  /** Share of the room in what is heard. */
  wet: number;
}

/** Lengths without a common divisor, so that echoes never fall together. */
const LINES = [1_447, 1_789, 2_081, 2_411, 2_801, 3_163, 3_559, 3_947];
const PRE_DELAY = 720;
/** One pole at about 5 kHz in every loop: walls swallow the treble first. */
const DAMPING = 0.48;

/**
 * The tone as it is heard in a room, longer by the room's decay. A room adds to every tone by itself, so it is
 * worked out once per tone and not once per second of music.
 * Source: feedback delay network with a Householder matrix, J. O. Smith, Physical Audio Signal Processing.
 */
export function inRoom(tone: Tone, { decayS, wet }: Room): Tone {
  const dryLength = tone.left.length;
  const heard = emptyTone(dryLength / SAMPLE_RATE_HZ + decayS);
  const { left, right } = heard;
  left.set(tone.left);
  right.set(tone.right);
  const lines = LINES.map((length, index) => lineOf(length, decayS, index % 2 === 0));
  const [fed, sides] = [[tone.left, tone.right] as const, [left, right] as const];
  // The lines feed each other, but none sooner than the shortest is long: so many samples go through one by one.
  const piece = Math.min(...LINES);
  const sum = new Float32Array(piece);
  for (let at = PRE_DELAY; at < left.length; at += piece) {
    const count = Math.min(piece, left.length - at);
    sum.fill(0);
    for (const line of lines) damp(line, count, sum);
    for (const line of lines) {
      const side = line.isLeft ? 0 : 1;
      give(line, { into: sides[side], at, count, wet });
      feed(line, { from: fed[side], at: at - PRE_DELAY, count, sum });
    }
  }
  return heard;
}

interface Line {
  buffer: Float32Array;
  /** What comes out of it now. */
  out: Float32Array;
  position: number;
  damped: number;
  gain: number;
  isLeft: boolean;
}

function lineOf(length: number, decayS: number, isLeft: boolean): Line {
  return {
    buffer: new Float32Array(length),
    out: new Float32Array(Math.min(...LINES)),
    position: 0,
    damped: 0,
    gain: 10 ** ((-3 * length) / (decayS * SAMPLE_RATE_HZ)),
    isLeft,
  };
}

function damp(line: Line, count: number, sum: Float32Array): void {
  const { buffer, out } = line;
  let { position, damped } = line;
  for (let index = 0; index < count; index += 1) {
    const value = buffer[position] ?? 0;
    damped = value + DAMPING * (damped - value);
    out[index] = damped;
    sum[index] = (sum[index] ?? 0) + damped;
    position = position + 1 === buffer.length ? 0 : position + 1;
  }
  line.damped = damped;
}

function give(
  { out }: Line,
  { into, at, count, wet }: { into: Float32Array; at: number; count: number; wet: number },
): void {
  for (let index = 0; index < count; index += 1) {
    into[at + index] = (into[at + index] ?? 0) + wet * (out[index] ?? 0);
  }
}

function feed(
  line: Line,
  { from, at, count, sum }: { from: Float32Array; at: number; count: number; sum: Float32Array },
): void {
  const { buffer, out, gain } = line;
  const share = 2 / LINES.length;
  for (let index = 0; index < count; index += 1) {
    const fed = at + index < from.length ? (from[at + index] ?? 0) : 0;
    buffer[line.position] = fed + ((out[index] ?? 0) - share * (sum[index] ?? 0)) * gain;
    line.position = line.position + 1 === buffer.length ? 0 : line.position + 1;
  }
}
