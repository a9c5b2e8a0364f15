import { hasSpeech, speakableWords } from './text/speakable.js';
import type { Piece } from './text/narration-text.js';

/** Pieces that are spoken in one go. */
export type Take = readonly Piece[];

/**
 * The pieces in which something can be said, grouped into as few takes as a provider's longest text (code
 * points) allows; takes end with a sentence where they can. Without a longest text every piece is a take.
 */
export function takesOf(pieces: readonly Piece[], longestText: number | undefined): Take[] {
  const sayable = pieces.filter(canBeSaid);
  if (longestText === undefined) return sayable.map((piece) => [piece]);
  const takes: Piece[][] = [];
  let take: Piece[] = [];
  for (const sentence of sentencesOf(sayable)) {
    if (lengthOf(take) + lengthOf(sentence) > longestText) flush();
    for (const piece of sentence) {
      if (take.length > 0 && lengthOf(take) + lengthOf([piece]) > longestText) flush();
      take.push(piece);
    }
  }
  flush();
  return takes;

  function flush() {
    if (take.length > 0) takes.push(take);
    take = [];
  }
}

export function canBeSaid({ words }: Piece): boolean {
  return words.some(({ text }) => hasSpeech(text));
}

function sentencesOf(pieces: readonly Piece[]): Piece[][] {
  const sentences: Piece[][] = [[]];
  for (const piece of pieces) {
    sentences.at(-1)?.push(piece);
    if (piece.endsSentence) sentences.push([]);
  }
  return sentences.filter((sentence) => sentence.length > 0);
}

/** Of what is sent, spaces and an end mark included. */
function lengthOf(pieces: readonly Piece[]): number {
  return pieces
    .flatMap(({ words }) => speakableWords(words.map(({ text }) => text)))
    .reduce((sum, form) => sum + (form === '' ? 0 : Array.from(form).length + 1), 0);
}
