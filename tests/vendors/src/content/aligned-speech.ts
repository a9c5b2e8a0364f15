import { espeak, type Sound, type SpeechOrder } from './speech.js';
import { spokenLanguageOf } from './spoken-language.js';

/** When each character of the text is heard, in seconds; one entry per UTF-16 code unit pair or letter. */
export interface CharacterTimes {
  characters: string[];
  starts: number[];
  ends: number[];
}

const GAP_SECONDS = 0.05;
const CLAUSE_SECONDS = 0.18;
const SENTENCE_SECONDS = 0.32;
const MAX_AT_ONCE = 4;

/**
 * Speaks word by word and joins the words, so that the times of words are those of the sound to the sample.
 * Within a word the characters share its time evenly; blanks and punctuation have the pause after it.
 */
export async function speakAligned(
  order: SpeechOrder,
): Promise<{ sound: Sound; times: CharacterTimes }> {
  const language = order.language ?? spokenLanguageOf(order.text);
  const pieces = piecesOf(order.text, language);
  const sounds = await inTurns(pieces, ({ word }) =>
    word === '' ? Promise.resolve(undefined) : espeak({ ...order, text: word }, language),
  );
  const rateHz = sounds.find((sound) => sound)?.rateHz ?? 22_050;
  const parts: Int16Array[] = [];
  const times: CharacterTimes = { characters: [], starts: [], ends: [] };
  let at = 0;
  const advance = (text: string, samples: Int16Array) => {
    const from = at / rateHz;
    at += samples.length;
    parts.push(samples);
    share(times, text, { from, to: at / rateHz });
  };
  for (const [index, { word, after }] of pieces.entries()) {
    if (word !== '') advance(word, trimmed(sounds[index]?.samples ?? new Int16Array(0)));
    advance(after, new Int16Array(Math.round(pauseAfter(after) * rateHz)));
  }
  return { sound: { rateHz, samples: joined(parts, at) }, times };
}

interface Piece {
  word: string;
  /** Blanks and punctuation up to the next word. */
  after: string;
}

function piecesOf(text: string, language: string): Piece[] {
  const segments = [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)];
  const pieces: Piece[] = [];
  for (const { segment, isWordLike } of segments) {
    const last = pieces.at(-1);
    if (isWordLike) pieces.push({ word: segment, after: '' });
    else if (last) last.after += segment;
    else pieces.push({ word: '', after: segment });
  }
  return pieces;
}

function pauseAfter(after: string): number {
  if (/[.!?。！？।]/u.test(after)) return SENTENCE_SECONDS;
  return /[,;:–—、，]/u.test(after) ? CLAUSE_SECONDS : GAP_SECONDS;
}

/** Without the silence that the synthesiser puts around a word. */
function trimmed(samples: Int16Array): Int16Array {
  const floor = 200;
  const first = samples.findIndex((sample) => Math.abs(sample) > floor);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > floor);
  return first < 0 ? samples : samples.subarray(first, last + 1);
}

function share(
  times: CharacterTimes,
  text: string,
  { from, to }: { from: number; to: number },
): void {
  const characters = Array.from(text);
  const step = (to - from) / Math.max(1, characters.length);
  for (const [index, character] of characters.entries()) {
    times.characters.push(character);
    times.starts.push(rounded(from + index * step));
    times.ends.push(rounded(from + (index + 1) * step));
  }
}

function joined(parts: readonly Int16Array[], length: number): Int16Array {
  const whole = new Int16Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = Array.from({ length: items.length });
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next;
      next += 1;
      results[at] = await work(items[at] as T);
    }
  };
  await Promise.all(Array.from({ length: MAX_AT_ONCE }, worker));
  return results;
}
