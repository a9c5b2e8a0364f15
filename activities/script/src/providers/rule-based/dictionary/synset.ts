import { splitGloss } from './gloss.js';

/** One meaning: the words that share it, what it is, and where it stands among the others. */
export interface Synset {
  /** Byte offset in data.noun: the synset's name within this edition of the dictionary. */
  offset: number;
  field: Field;
  /** In the dictionary's spelling, most usual first ("tea", "Camellia sinensis"). */
  words: string[];
  links: Link[];
  /** Definition, cleaned; clauses after the first one are apart. */
  definition: string;
  asides: string[];
  /** Examples of use, as they stand in the dictionary, without quotation marks. */
  examples: string[];
  /** A label that the definition began with: "physics", "slang", "ethnic slur". */
  label: string;
  raw: string;
}

export interface Link {
  relation: Relation;
  offset: number;
}

/** WordNet's pointer symbols, by their meaning. */
export type Relation =
  | 'broader'
  | 'instance-of'
  | 'kind'
  | 'instance'
  | 'part'
  | 'substance'
  | 'member'
  | 'whole'
  | 'term'
  | 'domain'
  | 'usage'
  | 'opposite';

const RELATIONS: Record<string, Relation> = {
  '@': 'broader',
  '@i': 'instance-of',
  '~': 'kind',
  '~i': 'instance',
  '%p': 'part',
  '%s': 'substance',
  '%m': 'member',
  '#p': 'whole',
  '#m': 'whole',
  '#s': 'whole',
  '-c': 'term',
  ';c': 'domain',
  ';u': 'usage',
  '!': 'opposite',
};

/** WordNet's lexicographer files of nouns, by number from 3 (see lexnames(5WN)). */
const FIELDS = [
  'top',
  'act',
  'animal',
  'artifact',
  'attribute',
  'body',
  'cognition',
  'communication',
  'event',
  'feeling',
  'food',
  'group',
  'location',
  'motive',
  'object',
  'person',
  'phenomenon',
  'plant',
  'possession',
  'process',
  'quantity',
  'relation',
  'shape',
  'state',
  'substance',
  'time',
] as const;
export type Field = (typeof FIELDS)[number];

/** Reads one line of data.noun; its format is described in wndb(5WN). */
export function parseSynset(line: string): Synset {
  const bar = line.indexOf(' | ');
  const head = line.slice(0, bar).split(' ');
  const wordCount = Number.parseInt(head[3] ?? '0', 16);
  const words = Array.from({ length: wordCount }, (_none, at) => spelling(head[4 + 2 * at] ?? ''));
  const linksAt = 4 + 2 * wordCount;
  const links: Link[] = [];
  for (let at = 0; at < Number(head[linksAt] ?? 0); at++) {
    const [symbol = '', offset = '', part = ''] = head.slice(linksAt + 1 + 4 * at);
    const relation = RELATIONS[symbol];
    if (relation && part === 'n') links.push({ relation, offset: Number(offset) });
  }
  const raw = line.slice(bar + 3).trim();
  const field = FIELDS[Number(head[1]) - 3] ?? 'top';
  return { offset: Number(head[0]), field, words, links, raw, ...splitGloss(raw) };
}

/** The word of a data line with its number that tells senses of one field apart, as sense keys use it. */
export function lexicalIds(line: string): { word: string; id: string; field: string }[] {
  const head = line.slice(0, line.indexOf(' | ')).split(' ');
  const wordCount = Number.parseInt(head[3] ?? '0', 16);
  return Array.from({ length: wordCount }, (_none, at) => ({
    word: (head[4 + 2 * at] ?? '').toLowerCase(),
    id: Number.parseInt(head[5 + 2 * at] ?? '0', 16)
      .toString()
      .padStart(2, '0'),
    field: head[1] ?? '',
  }));
}

function spelling(word: string): string {
  return word.replaceAll('_', ' ').replace(/\((?:a|p|ip)\)$/, '');
}
