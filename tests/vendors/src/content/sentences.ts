import type { Bank } from './sentence-bank.js';

/**
 * An endless supply of different sentences on a topic: first those that name it, in turn with those that do
 * not, then pairs of the latter joined by "and". Deterministic by its seed.
 */
export class Narrator {
  private spoken = 0;
  private readonly singles: readonly string[];
  private readonly general: readonly string[];

  constructor(
    private readonly bank: Bank,
    private readonly topic: string,
    seed: number,
  ) {
    this.general = rotated(bank.general, seed);
    this.singles = interleaved(rotated(bank.naming, seed), this.general);
  }

  next(): string {
    const at = this.spoken;
    this.spoken += 1;
    const sentence = this.singles[at] ?? this.pair(at - this.singles.length);
    const filled = sentence.replaceAll('{topic}', this.topic);
    return filled.charAt(0).toLocaleUpperCase() + filled.slice(1);
  }

  /** Sentences of about so many words, at least one. */
  paragraph(words: number): string[] {
    const sentences: string[] = [];
    let count = 0;
    do {
      const sentence = this.next();
      sentences.push(sentence);
      count += wordsIn(sentence);
    } while (words - count >= MEAN_WORDS / 2 && sentences.length < MAX_SENTENCES);
    return sentences;
  }

  private pair(index: number): string {
    const others = this.general.length - 1;
    const first = Math.floor(index / others) % this.general.length;
    const second = (first + 1 + (index % others)) % this.general.length;
    const [a = '', b = ''] = [this.general[first], this.general[second]];
    return `${a.replace(/\s*[.。।]$/u, '')}${this.bank.and}${lowered(b, this.bank)}`;
  }
}

function rotated(list: readonly string[], seed: number): string[] {
  const start = seed % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

function interleaved(a: readonly string[], b: readonly string[]): string[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, at) => [a[at], b[at]])
    .flat()
    .filter((sentence) => sentence !== undefined);
}

const MEAN_WORDS = 11;
const MAX_SENTENCES = 60;

/** Words as a budget counts them; scripts without spaces by characters. */
export function wordsIn(text: string): number {
  const dense = [...text.matchAll(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu)].length;
  const spaced = text.replaceAll(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu, ' ');
  return (
    Math.round(dense / 1.7) +
    spaced.split(/\s+/u).filter((word) => /\p{L}|\p{N}/u.test(word)).length
  );
}

function lowered(sentence: string, { capitals }: Bank): string {
  const [first = ''] = sentence.split(' ');
  return capitals?.includes(first)
    ? sentence
    : sentence.charAt(0).toLocaleLowerCase() + sentence.slice(1);
}
