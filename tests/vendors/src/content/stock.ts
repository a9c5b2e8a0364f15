import { keywordsOf } from './short-texts.js';
import { randomOf, seedOf } from './seed.js';

export type Orientation = 'landscape' | 'portrait' | 'square';

/** A photo or a clip of a made-up stock library. Everything follows from its id. */
export interface StockItem {
  id: number;
  author: string;
  authorId: number;
  widthPx: number;
  heightPx: number;
  /** Of a clip. */
  seconds: number;
  tags: readonly string[];
}

/** How much the library has of anything; of "nosuchthing" it has nothing. */
const TOTAL = 240;
const AUTHORS = [
  'Ada Lindqvist',
  'Ben Okafor',
  'Chiara Rossi',
  'Daniel Weber',
  'Elif Kaya',
  'Fumiko Sato',
];
const SIDES: Readonly<Record<Orientation, readonly [number, number]>> = {
  landscape: [2400, 1600],
  portrait: [1600, 2400],
  square: [2000, 2000],
};

export interface StockQuery {
  text: string;
  page: number;
  perPage: number;
  orientation?: Orientation;
}

/** One page of what is found for a text: the same items each time, other ones for each text and page. */
export function searchStock({ text, page, perPage, orientation }: StockQuery): {
  total: number;
  items: StockItem[];
} {
  const total = /nosuchthing/iu.test(text) ? 0 : TOTAL;
  const first = (page - 1) * perPage;
  const count = Math.max(0, Math.min(perPage, total - first));
  const items = Array.from({ length: count }, (_, at) => stockItem(text, first + at, orientation));
  return { total, items };
}

function stockItem(text: string, index: number, orientation?: Orientation): StockItem {
  const seed = seedOf(text.toLowerCase(), String(index));
  const random = randomOf(seed);
  const form =
    orientation ??
    (['landscape', 'landscape', 'portrait', 'square'] as const)[seed % 4] ??
    'landscape';
  const [widthPx, heightPx] = SIDES[form];
  const authorId = 1 + Math.floor(random() * AUTHORS.length);
  return {
    id: 1_000_000 + (seed % 30_000_000),
    author: AUTHORS[authorId - 1] ?? '',
    authorId,
    widthPx,
    heightPx,
    seconds: 3 + Math.floor(random() * 3),
    tags: keywordsOf(text, seed, 5),
  };
}
