import { createHash } from 'node:crypto';
import type { Stock } from './phrases/stock.js';
import type { StyleName } from '../../styles.js';

/** Chance that is the same for the same words: nothing here depends on time, machine or order of calls. */
export class Seeded {
  private readonly left = new Map<readonly string[] | Stock, string[]>();

  constructor(private readonly seed: string) {}

  /** A number from 0 to 1 that belongs to this label. */
  share(label: string): number {
    const digest = createHash('sha256').update(`${this.seed}\n${label}`).digest();
    return digest.readUIntBE(0, 6) / 2 ** 48;
  }

  shuffled<T extends string>(items: readonly T[], label = ''): T[] {
    return items
      .map((item) => ({ item, key: this.share(`${label}\n${item}`) }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ item }) => item);
  }

  /**
   * The next phrasings of a stock, each given once. Phrasings of the style come first more often than
   * those for any style. Fewer, or none, once the stock is used up.
   */
  draw(stock: Stock, style: StyleName, count: number): string[] {
    const left = this.left.get(stock) ?? this.ordered(stock, style);
    this.left.set(stock, left.slice(count));
    return left.slice(0, count);
  }

  drawFrom(items: readonly string[], count: number): string[] {
    const left = this.left.get(items) ?? this.shuffled(items);
    this.left.set(items, left.slice(count));
    return left.slice(0, count);
  }

  private ordered(stock: Stock, style: StyleName): string[] {
    const own = stock[style] ?? [];
    return [...own, ...stock.any]
      .map((item) => ({ item, key: this.share(item) * (own.includes(item) ? 0.45 : 1) }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ item }) => item);
  }
}
