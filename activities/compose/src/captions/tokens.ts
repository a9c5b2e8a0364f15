import type { SpokenWord } from '@aura/proto';
import { charactersOf, shownText } from './plain-text.js';
import { readingMs } from './reading-speed.js';
import { SPACE, sumOf, widthOf, type TextWidth } from './text-width.js';

/** A piece of a caption that is never broken, with the time at which it is heard. */
export interface Token {
  text: string;
  width: TextWidth;
  startMs: number;
  endMs: number;
  /** How long it takes to be read, with the space before it. */
  readingMs: number;
  sentence: number;
  /** No space stands before it. */
  glued: boolean;
  /** It continues a word that is too long for one line. */
  fragment: boolean;
}

/** A word of more pieces than this is shown cut: nobody reads on. */
const MAX_FRAGMENTS = 4;

/** The words of a narration as tokens that each fit into one line. Words of nothing visible fall away. */
export function tokensOf(words: readonly SpokenWord[], maxLine: TextWidth): Token[] {
  return words
    .flatMap((said) => spacelessWords(said, maxLine))
    .flatMap((word) => {
      const text = shownText(word.text);
      if (text === '') return [];
      const pieces = piecesOf(text, maxLine);
      const shareMs = (word.endMs - word.startMs) / pieces.length;
      return pieces.map((piece, index) => ({
        text: piece,
        width: widthOf(piece),
        readingMs: readingMs(index > 0 || word.glued === true ? piece : ` ${piece}`),
        startMs: word.startMs + index * shareMs,
        endMs: word.startMs + (index + 1) * shareMs,
        sentence: word.sentence,
        glued: index > 0 || word.glued === true,
        fragment: index > 0,
      }));
    });
}

/** Scripts that write words without spaces between them: what a voice timed as one word may be a whole phrase. */
const SPACELESS =
  /\p{Script=Thai}|\p{Script=Laoo}|\p{Script=Khmr}|\p{Script=Mymr}|\p{Script=Hani}|\p{Script=Hira}|\p{Script=Kana}/u;
const dictionary = new Intl.Segmenter('und', { granularity: 'word' });
/** No phrase is longer; what is gives up its later words. */
const MAX_PHRASE_CODE_UNITS = 400;

/** A phrase that fits on no line as its words, each with its share of the time. */
function spacelessWords(said: SpokenWord, maxLine: TextWidth): SpokenWord[] {
  if (
    !SPACELESS.test(said.text) ||
    fits(widthOf(said.text.slice(0, MAX_PHRASE_CODE_UNITS)), maxLine)
  )
    return [said];
  const text = said.text.slice(0, MAX_PHRASE_CODE_UNITS);
  const pieces: string[] = [];
  for (const { segment, isWordLike } of dictionary.segment(text)) {
    // Signs stay with the word before.
    if (isWordLike === true || pieces.length === 0) pieces.push(segment);
    else pieces.push((pieces.pop() ?? '') + segment);
  }
  const msPerUnit = (said.endMs - said.startMs) / text.length;
  let at = 0;
  return pieces.map((piece, index): SpokenWord => {
    const startMs = said.startMs + at * msPerUnit;
    at += piece.length;
    const endMs = said.startMs + at * msPerUnit;
    return { ...said, text: piece, startMs, endMs, ...(index > 0 ? { glued: true } : {}) };
  });
}

/** Words joined as they are shown. */
export function joined(tokens: readonly Token[]): string {
  return tokens
    .map(({ text, glued }, index) => (index === 0 || glued ? text : ` ${text}`))
    .join('');
}

/** Width of each prefix of the tokens: `widths[n]` is that of the first n. */
export function prefixWidths(tokens: readonly Token[]): TextWidth[] {
  const widths: TextWidth[] = [{ units: 0, ems: 0 }];
  for (const [index, { width, glued }] of tokens.entries()) {
    const before = widths[index] ?? { units: 0, ems: 0 };
    widths.push(sumOf(before, index === 0 || glued ? width : sumOf(SPACE, width)));
  }
  return widths;
}

export function fits({ units, ems }: TextWidth, max: TextWidth): boolean {
  return units <= max.units && ems <= max.ems;
}

/** A word that is too long for a line in pieces of about equal width; a hopeless one is cut before. */
function piecesOf(text: string, maxLine: TextWidth): string[] {
  const { units, ems } = widthOf(text);
  const wanted = Math.ceil(Math.max(units / maxLine.units, ems / maxLine.ems) * ROOM);
  if (fits({ units, ems }, maxLine)) return [text];
  const count = Math.min(wanted, MAX_FRAGMENTS);
  const pieceEms = Math.min(ems, maxLine.ems * MAX_FRAGMENTS) / count;
  const pieces: string[] = [];
  let piece = '';
  for (const character of charactersOf(text)) {
    if (piece !== '' && isFull(piece + character, { pieceEms, maxLine })) {
      pieces.push(piece);
      if (pieces.length === MAX_FRAGMENTS) return [...pieces.slice(0, -1), `${shortened(piece)}…`];
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

/** Pieces are made a little shorter than they could be, because a break comes before the line is full. */
const ROOM = 1.08;

function isFull(
  piece: string,
  { pieceEms, maxLine }: { pieceEms: number; maxLine: TextWidth },
): boolean {
  const width = widthOf(piece);
  return width.ems > pieceEms * ROOM || !fits(width, maxLine);
}

/** Makes room for the mark that says "cut". */
function shortened(piece: string): string {
  return charactersOf(piece).slice(0, -2).join('');
}
