import { EAST } from './sentences-east.js';
import { ENGLISH } from './sentences-english.js';
import { WEST } from './sentences-west.js';
import { SHORT } from './short-sentences.js';

/** Sentences of one language; `{topic}` stands for the subject, which may be any noun phrase. */
export interface Bank {
  naming: readonly string[];
  general: readonly string[];
  /** Joins two sentences to one. */
  and: string;
  /** First words that keep their capital in the middle of a sentence. */
  capitals?: readonly string[];
}

export interface WholeBank extends Bank {
  short: readonly string[];
  /** Of a word of running text with the blank after it; of dense scripts of what counts as a word. */
  wordCharacters: number;
}

/** The sentences of a language, English where there are none. */
export function bankOf(language: string): WholeBank {
  const known = BANKS[language] ? language : 'en';
  return {
    ...(BANKS[known] ?? ENGLISH),
    short: SHORT[known] ?? [],
    wordCharacters: WORD_CHARACTERS[known] ?? 6,
  };
}

const BANKS: Readonly<Record<string, Bank>> = { en: ENGLISH, ...WEST, ...EAST };

/** Writers who are asked for so many words write words of the usual length. */
const WORD_CHARACTERS: Readonly<Record<string, number>> = {
  en: 5.7,
  de: 6.6,
  fr: 5.9,
  es: 5.8,
  pt: 5.7,
  it: 6,
  pl: 6.6,
  ru: 6.5,
  uk: 6.4,
  tr: 7.2,
  ar: 5.5,
  he: 5.3,
  hi: 4.9,
  zh: 1.7,
  ja: 1.7,
  ko: 3.8,
};
