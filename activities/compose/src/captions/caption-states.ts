import type { Caption, CaptionWord } from '@aura/proto';
import type { CaptionLook } from './caption-look.js';
import { shownText } from './plain-text.js';

/** Captions as they look for a while: from the frame `from` until before `to`. */
export interface CaptionState {
  from: number;
  to: number;
  lines: string[];
  /** The word that is said, where it is to stand out. */
  said?: WordPlace;
}

/** Where a word stands in the lines, in code units. */
export interface WordPlace {
  line: number;
  from: number;
  to: number;
}

/** A pause between two words that is longer than this is one in which nothing is said. */
const PAUSE_MS = 400;

/**
 * What is seen of captions, in order and never two at a time. With karaoke a caption has a state for each of its
 * words and for each pause; with one word at a time only words are seen. A caption whose words nobody has timed is
 * shown as it is.
 */
export function captionStates(
  captions: readonly Caption[],
  { look, fps }: { look: CaptionLook; fps: number },
): CaptionState[] {
  const pauseFrames = (PAUSE_MS * fps) / 1_000;
  return captions
    .flatMap((caption) => statesOf({ ...caption, lines: shownLines(caption) }, look, pauseFrames))
    .filter(({ from, to, lines }) => to > from && lines.length > 0);
}

/** Captions of users come through here too. */
function shownLines({ lines }: Caption): string[] {
  return lines
    .slice(0, MAX_LINES)
    .map(shownText)
    .filter((line) => line !== '');
}

const MAX_LINES = 3;

function statesOf(caption: Caption, look: CaptionLook, pauseFrames: number): CaptionState[] {
  const whole = { from: caption.start, to: caption.start + caption.frames, lines: caption.lines };
  if (look.name !== 'karaoke' && look.name !== 'word') return [whole];
  const words = timesOf(caption, pauseFrames);
  if (words.length === 0) return [whole];
  if (look.name === 'word') return words.map(({ text, from, to }) => ({ from, to, lines: [text] }));
  const places = wordPlaces(caption.lines, words);
  const states: CaptionState[] = [];
  let at = whole.from;
  for (const [index, { from, to }] of words.entries()) {
    const said = places[index];
    if (!said) continue;
    states.push({ ...whole, from: at, to: from }, { ...whole, from, to, said });
    at = to;
  }
  return [...states, { ...whole, from: at }];
}

interface WordTime {
  text: string;
  from: number;
  to: number;
}

/** When each word is the one that is said: until the next one, or a little longer than it lasts before a pause. */
function timesOf({ start, frames, words }: Caption, pauseFrames: number): WordTime[] {
  const end = start + frames;
  const times: WordTime[] = [];
  const shown = words.filter(({ text }) => shownText(text) !== '');
  let free = start;
  for (const [index, word] of shown.entries()) {
    const from = Math.max(free, Math.min(word.start, end));
    const nextStart = shown[index + 1]?.start ?? end;
    const to = Math.max(from, lastsUntil(word, nextStart, { end, pauseFrames }));
    times.push({ text: shownText(word.text), from, to });
    free = to;
  }
  return times.filter(({ from, to }) => to > from);
}

function lastsUntil(
  word: CaptionWord,
  nextStart: number,
  { end, pauseFrames }: { end: number; pauseFrames: number },
): number {
  const wordEnd = word.start + word.frames;
  const until =
    nextStart - wordEnd <= pauseFrames ? nextStart : wordEnd + Math.round(pauseFrames / 2);
  return Math.min(end, until);
}

/** Where each word stands, looked for from the one before on; undefined for one that is not there. */
export function wordPlaces(
  lines: readonly string[],
  words: readonly { text: string }[],
): (WordPlace | undefined)[] {
  let line = 0;
  let at = 0;
  return words.map(({ text }) => {
    for (let index = line; index < lines.length; index += 1) {
      const found = placeIn(lines[index] ?? '', text, index === line ? at : 0);
      if (found < 0) continue;
      line = index;
      at = found + text.length;
      return { line, from: found, to: at };
    }
    return undefined;
  });
}

/** The next words as a rule; else the first that is not a part of another word. */
function placeIn(line: string, text: string, at: number): number {
  const next = at + (line.slice(at).length - line.slice(at).trimStart().length);
  if (line.startsWith(text, next)) return next;
  for (let found = line.indexOf(text, at); found >= 0; found = line.indexOf(text, found + 1)) {
    if (
      !LETTER_END.test(line.slice(0, found)) &&
      !LETTER_START.test(line.slice(found + text.length))
    )
      return found;
  }
  return -1;
}

const LETTER_END = /[\p{L}\p{M}\p{N}]$/u;
const LETTER_START = /^[\p{L}\p{M}\p{N}]/u;
