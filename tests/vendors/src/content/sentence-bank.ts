import { EAST } from './sentences-east.js';
import { ENGLISH } from './sentences-english.js';
import { WEST } from './sentences-west.js';

/** Sentences of one language; `{topic}` stands for the subject, which may be any noun phrase. */
export interface Bank {
  naming: readonly string[];
  general: readonly string[];
  /** Joins two sentences to one. */
  and: string;
  /** First words that keep their capital in the middle of a sentence. */
  capitals?: readonly string[];
}

/** The sentences of a language, English where there are none. */
export function bankOf(language: string): Bank {
  return BANKS[language] ?? ENGLISH;
}

const BANKS: Readonly<Record<string, Bank>> = { en: ENGLISH, ...WEST, ...EAST };
