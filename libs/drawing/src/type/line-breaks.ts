import { charactersOf } from '../text/clean-text.js';
import { isSpaceless, scriptOf } from './scripts.js';

/** A piece of text inside which no line ends. `spaceAfter`: a space follows it unless the line ends there. */
export interface Unbreakable {
  text: string;
  start: number;
  spaceAfter: boolean;
}

/** May not begin a line (JIS X 4051 and GB/T 15834 in outline; Thai repetition and abbreviation marks). */
const NOT_AT_START =
  /^[、。，．・：；！？!?.,:;%)\]}»”’）］｝〕〉》」』】〗〙〛…‥ー～〜々ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ℃％‰ๆฯ\p{M}]/u;
/** May not end a line. */
const NOT_AT_END = /[([{«“‘（［｛〔〈《「『【〖〘〚$¥£€￥＄＃#]$/u;
/** Japanese endings and particles stay with the word before them, up to this many characters in all. */
const MAX_PHRASE = 9;
/** A line may end after these within a word, where letters stand on both sides. */
const BREAK_AFTER = /[\p{L}\p{N}]{3}[-‐–—/]$/u;

/**
 * Cuts clean text (single spaces) where lines may end: at spaces, after hyphens and dashes inside words,
 * and in scripts without spaces between words as the dictionary of `language` has them.
 */
export function unbreakables(text: string, language: string): Unbreakable[] {
  const words = new Intl.Segmenter(localeOf(language), { granularity: 'word' });
  const pieces: Unbreakable[] = [];
  let start = 0;
  for (const chunk of text.split(' ')) {
    const parts = chunk === '' ? [] : partsOf(chunk, words);
    let at = start;
    for (const part of parts) {
      pieces.push({ text: part, start: at, spaceAfter: false });
      at += part.length;
    }
    const last = pieces.at(-1);
    start += chunk.length + 1;
    if (last && start <= text.length) last.spaceAfter = true;
  }
  return pieces;
}

function partsOf(chunk: string, words: Intl.Segmenter): string[] {
  const parts: string[] = [];
  for (const { segment } of words.segment(chunk)) {
    const before = parts.at(-1);
    if (before !== undefined && !mayBreakBetween(before, segment)) {
      parts[parts.length - 1] = before + segment;
    } else {
      parts.push(segment);
    }
  }
  return parts;
}

function mayBreakBetween(before: string, after: string): boolean {
  if (NOT_AT_START.test(after) || NOT_AT_END.test(before)) return false;
  if (/^\p{Script=Hiragana}/u.test(after) && /[\p{L}ー」』）]$/u.test(before)) {
    if (before.length + after.length <= MAX_PHRASE) return false;
  }
  const last = charactersOf(before).at(-1) ?? '';
  if (isSpaceless(scriptOf(last)) || isSpaceless(scriptOf(after))) return true;
  if (/[\u3000-\u303f\uff00-\uffef]/.test(last)) return true;
  return BREAK_AFTER.test(before) && /^\p{L}/u.test(after);
}

function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'und';
  } catch {
    return 'und';
  }
}
