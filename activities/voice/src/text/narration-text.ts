import { sentencesOf } from '@aura/proto';
import { shownText } from './shown-text.js';
import { speechWeight } from './speech-weight.js';

/** One word of the captions, with the punctuation that is written against it. */
export interface ShownWord {
  text: string;
  /** Index of the sentence within the narration. */
  sentence: number;
  /** No space stands between this word and the one before. */
  glued: boolean;
}

/** What is spoken in one go: a sentence, or a part of a long one. */
export interface Piece {
  words: ShownWord[];
  endsSentence: boolean;
}

/**
 * A narration cut into words and into pieces to speak. Words joined by spaces (none where glued) give
 * `shown`, but for its line breaks, which are spaces then.
 */
export interface NarrationText {
  shown: string;
  pieces: Piece[];
}

/** Above this weight (Latin letters, some 15 s) a sentence is spoken in pieces, so that time stays bounded. */
const LONGEST_PIECE = 260;
/** From this weight on a piece ends at the next comma. */
const LONG_ENOUGH = 140;

export function narrationText(text: string, language: string): NarrationText {
  const shown = shownText(text);
  const pieces: Piece[] = [];
  let cursor = 0;
  for (const [index, sentence] of sentencesOf(shown, language).entries()) {
    const at = shown.indexOf(sentence, cursor);
    const glued = at > 0 && at === cursor;
    cursor = at + sentence.length;
    const words = wordsOf(sentence, language).map((word) => ({ ...word, sentence: index }));
    if (words[0]) words[0].glued = glued;
    pieces.push(...piecesOf(words));
  }
  return { shown, pieces };
}

function piecesOf(words: ShownWord[]): Piece[] {
  const pieces: Piece[] = [];
  let piece: ShownWord[] = [];
  let weight = 0;
  for (const word of words) {
    const more = speechWeight(word.text);
    if (piece.length > 0 && weight + more > LONGEST_PIECE) flush();
    piece.push(word);
    weight += more;
    if (weight > LONG_ENOUGH && /[,;:，、；：—–)]["'”’»]?$/u.test(word.text)) flush();
  }
  flush();
  const last = pieces.at(-1);
  if (last) last.endsSentence = true;
  return pieces;

  function flush() {
    if (piece.length > 0) pieces.push({ words: piece, endsSentence: false });
    piece = [];
    weight = 0;
  }
}

/** Languages that are written without spaces between words. */
const UNSPACED = /^(?:zh|yue|cmn|wuu|hak|nan|ja|th|lo|km|my)\b/u;

function wordsOf(sentence: string, language: string): Omit<ShownWord, 'sentence'>[] {
  const runs = sentence.split(/\s+/u).filter(Boolean);
  if (!UNSPACED.test(language)) return runs.map((text) => ({ text, glued: false }));
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  return runs.flatMap((run) =>
    joinMarks(Array.from(segmenter.segment(run), ({ segment }) => segment)).map((text, index) => ({
      text,
      glued: index > 0,
    })),
  );
}

const WORD_LIKE = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
const OPENING = /^[\p{Ps}\p{Pi}"'#$€£¥@]+$/u;
/** Small kana and the long mark cannot begin a word: the segmenter cuts 行った into 行, っ and た. */
const CONTINUES = /^[ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮー]/u;

/** Marks go with the word before them, opening ones with the word after them. */
function joinMarks(segments: string[]): string[] {
  const words: string[] = [];
  let opening = '';
  for (const segment of segments) {
    const last = words.length - 1;
    if (OPENING.test(segment)) opening += segment;
    else if (last >= 0 && opening === '' && (!WORD_LIKE.test(segment) || CONTINUES.test(segment))) {
      words[last] += segment;
    } else {
      words.push(opening + segment);
      opening = '';
    }
  }
  if (opening !== '') {
    if (words.length > 0) words[words.length - 1] += opening;
    else words.push(opening);
  }
  return words;
}
