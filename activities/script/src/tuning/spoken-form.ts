import { glue } from '../llm/repeated.js';
import { baseLanguage } from '../text/language.js';
import { sentencesOf } from '../text/sentences.js';

/** Signs and abbreviations as they are spoken, by language. The signs are common to all: % & + = / between numbers. */
interface SpokenWords {
  percent: string;
  and: string;
  plus: string;
  equals: string;
  /** Written with small letters and full stops. */
  abbreviations: Record<string, string>;
  /** Where a long sentence may be cut: the word that begins the second half. */
  joints: readonly string[];
}

const WORDS: Record<string, SpokenWords> = {
  en: {
    percent: 'percent',
    and: 'and',
    plus: 'plus',
    equals: 'equals',
    abbreviations: {
      'e.g.': 'for example',
      'i.e.': 'that is',
      'etc.': 'and so on',
      'vs.': 'versus',
      'approx.': 'about',
    },
    joints: ['and', 'but', 'so', 'yet'],
  },
  de: {
    percent: 'Prozent',
    and: 'und',
    plus: 'plus',
    equals: 'gleich',
    abbreviations: {
      'z.b.': 'zum Beispiel',
      'd.h.': 'das heißt',
      'usw.': 'und so weiter',
      'ca.': 'etwa',
      'bzw.': 'beziehungsweise',
    },
    joints: ['und', 'aber', 'doch', 'denn'],
  },
  fr: {
    percent: 'pour cent',
    and: 'et',
    plus: 'plus',
    equals: 'égale',
    abbreviations: {
      'p.ex.': 'par exemple',
      'c.-à-d.': 'c’est-à-dire',
      'etc.': 'et cetera',
      'env.': 'environ',
    },
    joints: ['et', 'mais', 'car'],
  },
  es: {
    percent: 'por ciento',
    and: 'y',
    plus: 'más',
    equals: 'igual a',
    abbreviations: { 'p.ej.': 'por ejemplo', 'etc.': 'etcétera', 'aprox.': 'aproximadamente' },
    joints: ['y', 'pero', 'pues'],
  },
  it: {
    percent: 'per cento',
    and: 'e',
    plus: 'più',
    equals: 'uguale a',
    abbreviations: { 'p.es.': 'per esempio', 'ecc.': 'eccetera', 'ca.': 'circa' },
    joints: ['e', 'ma', 'però'],
  },
  pt: {
    percent: 'por cento',
    and: 'e',
    plus: 'mais',
    equals: 'igual a',
    abbreviations: { 'p.ex.': 'por exemplo', 'etc.': 'etcétera', 'aprox.': 'aproximadamente' },
    joints: ['e', 'mas', 'pois'],
  },
};

/** So many characters are a breath's worth at any usual pace. */
const BREATH_CHARACTERS = 160;
/** A half of fewer is no sentence. */
const LEAST_HALF = 40;

/**
 * A narration as it is best read aloud: signs and abbreviations in words, and a sentence of more than a breath cut at
 * a semicolon, a dash or, where the language's joints are known, before one of them. Idempotent. Pure.
 */
export function spokenForm(narration: string, language: string): string {
  const words = WORDS[baseLanguage(language)];
  const said = words ? inWords(narration, words) : narration;
  return sentencesOf(said, language)
    .flatMap((sentence) => breaths(sentence, words))
    .join(glue(language));
}

function inWords(text: string, { percent, and, plus, equals, abbreviations }: SpokenWords): string {
  const signs = text
    .replace(/(\p{N})\s?%/gu, `$1 ${percent}`)
    .replace(/(?<=[\p{L}\p{N}]) & (?=[\p{L}\p{N}])/gu, ` ${and} `)
    .replace(/(?<=\p{N}) \+ (?=\p{N})/gu, ` ${plus} `)
    .replace(/(?<=\p{N}) = (?=\p{N})/gu, ` ${equals} `);
  return Object.entries(abbreviations).reduce((said, [short, long]) => {
    const pattern = short
      .split('.')
      .filter(Boolean)
      .map(escaped)
      .join(String.raw`\.\s?`);
    const whole = new RegExp(String.raw`(?<![\p{L}.])${pattern}\.`, 'giu');
    return said.replace(whole, (found, at: number) => {
      const rest = said.slice(at + found.length);
      // At the end of a sentence its full stop was the sentence's too.
      const isEnd = rest.trim() === '' || (ENDING.has(short) && /^\s+\p{Lu}/u.test(rest));
      return isEnd ? `${long}.` : long;
    });
  }, signs);
}

/** These often end a sentence; the others stand before what they announce. */
const ENDING = new Set(['etc.', 'usw.', 'ecc.']);

function escaped(text: string): string {
  return text.replace(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`);
}

function breaths(sentence: string, words: SpokenWords | undefined): string[] {
  if (sentence.length <= BREATH_CHARACTERS) return [sentence];
  const joint = words && new RegExp(String.raw`,\s+(?=(?:${words.joints.join('|')})\s)`, 'giu');
  const places = [/[;；]\s*/gu, /\s[–—]\s/gu, ...(joint ? [joint] : [])].flatMap((pattern) =>
    [...sentence.matchAll(pattern)].map(({ index, 0: sign }) => ({
      index,
      end: index + sign.length,
    })),
  );
  const middle = sentence.length / 2;
  const fit = places
    .filter(({ index, end }) => index >= LEAST_HALF && sentence.length - end >= LEAST_HALF)
    .toSorted((a, b) => Math.abs(a.index - middle) - Math.abs(b.index - middle))[0];
  if (!fit) return [sentence];
  const first = `${sentence.slice(0, fit.index).trimEnd()}${/[。！？；]/u.test(sentence) ? '。' : '.'}`;
  return [...breaths(first, words), ...breaths(capital(sentence.slice(fit.end)), words)];
}

function capital(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
}
