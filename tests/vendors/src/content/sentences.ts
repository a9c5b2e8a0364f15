import type { Bank, WholeBank } from './sentence-bank.js';

/**
 * An endless supply of different sentences on a topic: first those that name it, in turn with those that do
 * not, then two and three of the latter joined by "and". Deterministic by its seed.
 */
export class Narrator {
  /** In the order in which they are said; what is joined follows when they run out. */
  private readonly unsaid: string[];
  private readonly short: string[];
  private readonly general: readonly string[];
  private joinedSoFar = 0;

  constructor(
    private readonly bank: WholeBank,
    private readonly topic: string,
    seed: number,
  ) {
    this.general = rotated(bank.general, seed);
    this.short = rotated(bank.short, seed);
    this.unsaid = interleaved(rotated(bank.naming, seed), this.general).map((one) =>
      this.filled(one),
    );
  }

  next(): string {
    this.stockUp();
    return this.unsaid.shift() ?? '';
  }

  /** Sentences of about so many characters with the blanks between them, at least one. */
  paragraph(characters: number): string[] {
    const sentences: string[] = [];
    let left = characters;
    do {
      this.stockUp();
      const isRoomy = left > ROOMY * Math.max(...this.within().map(({ length }) => length));
      const sentence = isRoomy ? this.next() : this.nearest(left);
      sentences.push(sentence);
      left -= sentence.length + 1;
    } while (left > this.shortest() / 2 && sentences.length < MAX_SENTENCES);
    return sentences;
  }

  /** The one whose length is nearest, of those that would come soon. */
  private nearest(characters: number): string {
    const off = (sentence: string) => Math.abs(sentence.length + 1 - characters);
    const best = [...this.within(), ...this.short].reduce((one, other) =>
      off(other) < off(one) ? other : one,
    );
    for (const list of [this.unsaid, this.short]) {
      const at = list.indexOf(best);
      if (at >= 0) list.splice(at, 1);
    }
    return best;
  }

  private shortest(): number {
    return Math.min(...[...this.within(), ...this.short].map(({ length }) => length));
  }

  private within(): string[] {
    return this.unsaid.slice(0, FORESIGHT);
  }

  private stockUp(): void {
    while (this.unsaid.length < FORESIGHT) {
      this.unsaid.push(this.filled(this.joined(this.joinedSoFar)));
      this.joinedSoFar += 1;
    }
  }

  private joined(index: number): string {
    const { general, bank } = this;
    const count = general.length;
    const pairs = count * (count - 1);
    const parts = [Math.floor(index / (count - 1)) % count];
    parts.push(others(parts, count)[index % (count - 1)] ?? 0);
    if (index >= pairs) parts.push(others(parts, count)[Math.floor(index / pairs) % count] ?? 0);
    return parts
      .map((part) => general[part] ?? '')
      .reduce((all, one) => `${all.replace(/\s*[.。।]$/u, '')}${bank.and}${lowered(one, bank)}`);
  }

  private filled(sentence: string): string {
    const whole = sentence.replaceAll('{topic}', this.topic);
    return whole.charAt(0).toLocaleUpperCase() + whole.slice(1);
  }
}

function others(taken: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, at) => at).filter((at) => !taken.includes(at));
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

/** With room for so many of the longest, sentences come in their order. */
const ROOMY = 2;
/** Among so many the one that fits is sought. */
const FORESIGHT = 16;
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
