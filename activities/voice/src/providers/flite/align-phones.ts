import type { Interval } from '../../voice-provider.js';

/** A phone of the sentence as flite spoke it. */
export interface TimedPhone {
  phone: string;
  startMs: number;
  endMs: number;
}

export interface AlignedWord extends Interval {
  first: TimedPhone;
}

/**
 * Finds the words in a sentence's phones: each word's phones are known from the word spoken alone, and the
 * cheapest edit path between the two sequences tells which phone belongs to which word (the same word
 * sounds a little different in company: "the" before a vowel, "Dr." before a name, dollars after a
 * million). Undefined for a word without a phone of its own. Pauses belong to no word.
 */
export function alignPhones(
  sentence: readonly TimedPhone[],
  alone: readonly (readonly string[])[],
): (AlignedWord | undefined)[] {
  const heard = sentence.filter(({ phone }) => phone !== PAUSE);
  const expected = alone.flatMap((phones, word) =>
    phones.filter((phone) => phone !== PAUSE).map((phone) => ({ phone, word })),
  );
  const words: (AlignedWord | undefined)[] = alone.map(() => undefined);
  for (const [index, word] of ownersOf(heard, expected).entries()) {
    const phone = heard[index];
    if (!phone || word === undefined) continue;
    const known = words[word];
    if (known) known.endMs = phone.endMs;
    else words[word] = { startMs: phone.startMs, endMs: phone.endMs, first: phone };
  }
  return words;
}

const PAUSE = 'pau';
const INSERT = 1;
const DELETE = 1;
const SAME_CLASS = 0.6;
const OTHER_CLASS = 1.8;

/** Which word owns each heard phone. Levenshtein with weighted substitutions, walked back from the end. */
function ownersOf(
  heard: readonly TimedPhone[],
  expected: readonly { phone: string; word: number }[],
): (number | undefined)[] {
  const rows = heard.length + 1;
  const columns = expected.length + 1;
  const costs = new Float32Array(rows * columns);
  const at = (row: number, column: number) => costs[row * columns + column] ?? Infinity;
  const swap = (row: number, column: number) =>
    at(row - 1, column - 1) + substitution(heard[row - 1]?.phone, expected[column - 1]?.phone);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (row === 0 && column === 0) continue;
      const inserted = row > 0 ? at(row - 1, column) + INSERT : Infinity;
      const deleted = column > 0 ? at(row, column - 1) + DELETE : Infinity;
      const swapped = row > 0 && column > 0 ? swap(row, column) : Infinity;
      costs[row * columns + column] = Math.min(inserted, deleted, swapped);
    }
  }
  const owners: (number | undefined)[] = heard.map(() => undefined);
  let row = heard.length;
  let column = expected.length;
  while (row > 0) {
    if (column > 0 && close(at(row, column), swap(row, column))) {
      row -= 1;
      column -= 1;
      owners[row] = expected[column]?.word;
    } else if (column > 0 && close(at(row, column), at(row, column - 1) + DELETE)) {
      column -= 1;
    } else {
      row -= 1;
      // A phone more than expected goes with the word before it.
      owners[row] = expected[Math.max(0, column - 1)]?.word;
    }
  }
  return owners;
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-3;
}

function substitution(a = '', b = ''): number {
  if (a === b) return 0;
  return isVowel(a) === isVowel(b) ? SAME_CLASS : OTHER_CLASS;
}

/** Phones of the CMU set: vowels begin with a vowel letter. */
function isVowel(phone: string): boolean {
  return /^[aeiou]/u.test(phone);
}
