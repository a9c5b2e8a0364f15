import type { SpokenWord } from '@aura/proto';
import { charactersOf, shownText } from './plain-text.js';
import { SPACE, sumOf, widthOf, type TextWidth } from './text-width.js';

/** A piece of a caption that is never broken, with the time at which it is heard. */
export interface Token {
  text: string;
  width: TextWidth;
  startMs: number;
  endMs: number;
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
  return words.flatMap((word) => {
    const text = shownText(word.text);
    if (text === '') return [];
    const pieces = piecesOf(text, maxLine);
    const shareMs = (word.endMs - word.startMs) / pieces.length;
    return pieces.map((piece, index) => ({
      text: piece,
      width: widthOf(piece),
      startMs: word.startMs + index * shareMs,
      endMs: word.startMs + (index + 1) * shareMs,
      sentence: word.sentence,
      glued: index > 0 || word.glued === true,
      fragment: index > 0,
    }));
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

function piecesOf(text: string, maxLine: TextWidth): string[] {
  if (fits(widthOf(text), maxLine)) return [text];
  const pieces: string[] = [];
  let piece = '';
  for (const character of charactersOf(text)) {
    if (piece !== '' && !fits(widthOf(piece + character), maxLine)) {
      if (pieces.length + 1 === MAX_FRAGMENTS) return [...pieces, `${shortened(piece)}…`];
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

/** Makes room for the mark that says "cut". */
function shortened(piece: string): string {
  return charactersOf(piece).slice(0, -2).join('');
}
