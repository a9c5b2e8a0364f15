import type { Interval } from '../voice-provider.js';
import { FRAME_MS, heardSpan, type Envelope } from './envelope.js';
import type { Sound } from './wav.js';

/** Silence before the first sound of a narration and after its last one. */
export const LEAD_MS = 80;
export const TAIL_MS = 270;
/** Between two sentences: lead and tail together, so that narrations follow each other like sentences. */
export const SENTENCE_PAUSE_MS = LEAD_MS + TAIL_MS;
/** Between two parts of one long sentence. */
export const CLAUSE_PAUSE_MS = 160;

/** Kept of the silence around a piece, so that soft beginnings and endings are not cut. */
const MARGIN_MS = 15;
const FADE_MS = 5;

/** A checked piece with the times of its words within `sound`. */
export interface CheckedPiece {
  sound: Sound;
  envelope: Envelope;
  words: readonly Interval[];
  endsSentence: boolean;
}

export interface JoinedSpeech {
  sound: Sound;
  /** Words of all pieces, in ms from the start of `sound`. */
  words: Interval[];
}

/**
 * Pieces one after the other: 80 ms of silence, then each piece without the silence around it, 350 ms
 * between sentences, 160 ms between parts of one, 270 ms at the end. Exact to the sample; the pieces have
 * one sample rate. Word times are moved along and kept within their piece.
 */
export function joinSpeech(pieces: readonly CheckedPiece[]): JoinedSpeech {
  const sampleRate = pieces[0]?.sound.sampleRate ?? 0;
  const toSamples = (ms: number) => Math.round((ms * sampleRate) / 1_000);
  const parts: Int16Array[] = [new Int16Array(toSamples(LEAD_MS - MARGIN_MS))];
  const words: Interval[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [index, piece] of pieces.entries()) {
    const { speech, fromMs } = trimmed(piece);
    const offsetMs = (length / sampleRate) * 1_000 - fromMs;
    const startMs = offsetMs + fromMs;
    const endMs = startMs + (speech.length / sampleRate) * 1_000;
    words.push(...piece.words.map((word) => moved(word, offsetMs, { startMs, endMs })));
    const isLast = index === pieces.length - 1;
    const pauseMs = isLast ? TAIL_MS : piece.endsSentence ? SENTENCE_PAUSE_MS : CLAUSE_PAUSE_MS;
    const margins = isLast ? MARGIN_MS : 2 * MARGIN_MS;
    const pause = new Int16Array(toSamples(pauseMs - margins));
    parts.push(speech, pause);
    length += speech.length + pause.length;
  }
  return { sound: { samples: concatenated(parts, length), sampleRate }, words };
}

/** The heard part with exactly MARGIN_MS around it, silence where the piece has less. */
function trimmed({ sound, envelope }: CheckedPiece): { speech: Int16Array; fromMs: number } {
  const span = heardSpan(envelope) ?? { from: 0, to: envelope.levels.length };
  const at = (ms: number) => Math.round((ms * sound.sampleRate) / 1_000);
  const fromMs = span.from * FRAME_MS - MARGIN_MS;
  const speech = new Int16Array(at(span.to * FRAME_MS + MARGIN_MS) - at(fromMs));
  const kept = sound.samples.subarray(Math.max(0, at(fromMs)), at(fromMs) + speech.length);
  speech.set(kept, Math.max(0, -at(fromMs)));
  fadeEdges(speech, at(FADE_MS));
  return { speech, fromMs };
}

function fadeEdges(samples: Int16Array, length: number): void {
  for (let index = 0; index < Math.min(length, samples.length / 2); index += 1) {
    const gain = index / length;
    const mirrored = samples.length - 1 - index;
    samples[index] = Math.round((samples[index] ?? 0) * gain);
    samples[mirrored] = Math.round((samples[mirrored] ?? 0) * gain);
  }
}

function moved(word: Interval, offsetMs: number, within: Interval): Interval {
  const clamp = (ms: number) => Math.min(within.endMs, Math.max(within.startMs, ms + offsetMs));
  return { startMs: clamp(word.startMs), endMs: clamp(word.endMs) };
}

function concatenated(parts: readonly Int16Array[], length: number): Int16Array {
  const samples = new Int16Array(length);
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return samples;
}
