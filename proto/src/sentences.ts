import type { Pace } from '../gen/aura/v1/video.js';
import { isShortened } from './abbreviations.js';

/**
 * The sentences of a text, as they are written, spoken and counted by `Pace`: Unicode's sentence boundaries
 * for the language, less those after abbreviations and initials; a line break always ends one, and a run
 * of over 2,000 characters at its next space. Marks without words belong to the sentence before, or else
 * to the next; only a line without any word is a sentence without one. Trimmed, never empty, in order;
 * joined they give the text again except for white space. In linear time.
 */
export function sentencesOf(text: string, language: string): string[] {
  return text
    .split(/[\r\n\u2028\u2029]+/u)
    .flatMap((line) => sentencesOfLine(line, language))
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}

/** How long a voice of this pace speaks the text: the formula of `Pace`, characters as code points. */
export function spokenMs(
  pace: Pick<Pace, 'msPerCharacter' | 'msPerSentence'>,
  text: string,
  language: string,
): number {
  const characters = Array.from(text.replaceAll(/\s+/gu, ' ').trim()).length;
  const sentences = sentencesOf(text, language).length;
  return pace.msPerCharacter * characters + pace.msPerSentence * sentences;
}

/** Whether the text ends as sentences do, in any writing system. */
export function endsLikeSentence(text: string): boolean {
  return ENDS.test(text.trimEnd());
}

const SPEAKABLE = /[\p{L}\p{N}]/u;
const ENDS = /[.!?…。！？．｡؟।॥։۔]["'”’»」』）》)\]]*$/u;
/** Marks after which a sentence ends without a space; "a.b?c" is one word. */
const CLOSED = /[…。！？．｡؟।॥։۔]["'”’»」』）》)\]]*$/u;
/** Unicode leaves an opening mark after 。 with the sentence before it. */
const OPENING = /(?<=[。！？…．｡”’」』）》])[\p{Ps}\p{Pi}]+$/u;
/** "J. Verne", "Ursula K. Le Guin". */
const INITIAL = /(?:^|\p{Lu}\p{L}*\.?\s+)\p{Lu}\.$/u;

const LONGEST = 2_000;
/** By its end a sentence is judged: it may be long, and this is asked at every mark. */
const END = 60;

function sentencesOfLine(line: string, language: string): string[] {
  const sentences: string[] = [];
  let opening = '';
  for (const segment of segmentsOf(line, language)) {
    const whole = opening + segment;
    opening = OPENING.exec(whole)?.[0] ?? '';
    const own = whole.slice(0, whole.length - opening.length);
    const last = sentences.at(-1);
    if (last !== undefined && isOne(last, own, { language, isFirst: sentences.length === 1 })) {
      sentences[sentences.length - 1] = last + own;
    } else {
      sentences.push(own);
    }
  }
  sentences.push((sentences.pop() ?? '') + opening);
  return sentences;
}

function isOne(
  sentence: string,
  next: string,
  { language, isFirst }: { language: string; isFirst: boolean },
): boolean {
  if (!SPEAKABLE.test(next)) return true;
  if (isFirst && !SPEAKABLE.test(sentence)) return true;
  const end = sentence.slice(-END);
  if (sentence.length >= LONGEST && /\s$/u.test(end)) return false;
  return goesOn(end, next, language);
}

function goesOn(end: string, next: string, language: string): boolean {
  const said = end.trimEnd();
  if (language.startsWith('el') && /[;·]$/u.test(said)) return said.endsWith('·');
  const isClosed = said.length < end.length ? ENDS.test(said) : CLOSED.test(said);
  if (!isClosed) return true;
  if (!said.endsWith('.')) return false;
  const word = /([\p{L}\p{N}.\s-]*)\.$/u.exec(said)?.[1]?.toLowerCase() ?? '';
  return INITIAL.test(said) || isShortened(lastWord(word), next.trimStart(), language);
}

/** "z. B." is written with a space, and one word nevertheless. */
function lastWord(words: string): string {
  const [, pair] = /(?:^|\s)(\p{L}\.\s\p{L})$/u.exec(words) ?? [];
  return pair?.replace(/\s/u, '') ?? /[^\s]*$/u.exec(words)?.[0] ?? '';
}

/** Windows that the segmenter is given: its cost per sentence grows with the length of what it is given. */
const WINDOW = 1_500;

function* segmentsOf(line: string, language: string): Generator<string> {
  const segmenter = segmenterFor(language);
  for (let from = 0; from < line.length;) {
    const window = line.slice(from, from + WINDOW);
    const part = from + WINDOW < line.length ? window.slice(0, lastEnd(window)) : window;
    for (const { segment } of segmenter.segment(part)) yield segment;
    from += part.length;
  }
}

/** Behind the last end of a sentence in the window and what belongs to it, or else behind its last space. */
function lastEnd(window: string): number {
  const at = Math.max(...Array.from('.!?…。！？؟।;', (stop) => window.lastIndexOf(stop)));
  if (at >= WINDOW / 3) {
    return at + 1 + (/^["'”’»」』）)\]\s]*/u.exec(window.slice(at + 1))?.[0].length ?? 0);
  }
  const half = WINDOW / 2;
  const isPair = /[\uD800-\uDBFF]/.test(window.charAt(half - 1));
  return Math.max(window.lastIndexOf(' ') + 1, isPair ? half - 1 : half);
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string): Intl.Segmenter {
  const known = segmenters.get(language);
  if (known) return known;
  const segmenter = new Intl.Segmenter(localeOf(language), { granularity: 'sentence' });
  if (segmenters.size < 64) segmenters.set(language, segmenter);
  return segmenter;
}

function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** Narrators of most European languages: 15 characters a second. For what must be guessed before anybody has spoken. */
export const USUAL_MS_PER_CHARACTER = 66;
