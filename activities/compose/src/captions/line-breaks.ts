import { fits, joined, prefixWidths, type Token } from './tokens.js';
import { SPACE, type TextWidth } from './text-width.js';

/**
 * How badly a caption reads when it is broken between two tokens: 0 at the end of a sentence, about 40
 * between any two words, more where they belong together. Short words (articles, prepositions) lead on to
 * the next in all languages of Europe, so no list of words is needed.
 */
export function breakCost(before: Token, after: Token): number {
  if (after.sentence !== before.sentence) return 0;
  if (after.fragment) return 150;
  if (forbidden(before, after)) return 400;
  const pauseMs = after.startMs - before.endMs;
  const pause = pauseMs >= 120 ? 12 : 0;
  if (SENTENCE_END.test(before.text)) return 2;
  if (PHRASE_END.test(before.text)) return 10 - Math.min(pause, 8);
  if (!after.glued && isShortWord(before.text)) return 70 - pause;
  if (!after.glued && isShortWord(after.text)) return 28 - pause;
  return 40 - pause;
}

const SENTENCE_END = /[.!?…。！？।॥؟]["'”’»）)\]]*$/u;
const PHRASE_END = /[,;:،؛、，；：—–][”"’»]*$/u;
const MUST_NOT_BEGIN =
  /^[、。，．・：；？！ー〜）」』】〕〉》’”»ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.;:!?)\]}%…]/u;
const MUST_NOT_END = /[（「『【〔〈《‘“«([{$€£¥]$/u;

/** The rules of Japanese and Chinese typesetting, which harm no other language. */
function forbidden(before: Token, after: Token): boolean {
  return after.glued && (MUST_NOT_BEGIN.test(after.text) || MUST_NOT_END.test(before.text));
}

function isShortWord(text: string): boolean {
  return /^\p{Ll}{1,3}$/u.test(text);
}

export interface Lines {
  lines: string[];
  cost: number;
}

/** The tokens in the fewest lines (one or two), broken where it reads best; undefined if they need more. */
export function bestLines(tokens: readonly Token[], maxLine: TextWidth): Lines | undefined {
  const widths = prefixWidths(tokens);
  const whole = widths.at(-1);
  if (!whole) return undefined;
  if (fits(whole, maxLine)) return { lines: [joined(tokens)], cost: 0 };
  let best: Lines | undefined;
  for (let split = 1; split < tokens.length; split += 1) {
    const cost = splitCost(tokens, split, { widths, whole, maxLine });
    if (cost === undefined || (best && best.cost <= cost)) continue;
    best = { lines: [joined(tokens.slice(0, split)), joined(tokens.slice(split))], cost };
  }
  return best;
}

function splitCost(
  tokens: readonly Token[],
  split: number,
  { widths, whole, maxLine }: { widths: TextWidth[]; whole: TextWidth; maxLine: TextWidth },
): number | undefined {
  const [before, after, first] = [tokens[split - 1], tokens[split], widths[split]];
  if (!before || !after || !first) return undefined;
  const space = after.glued ? { units: 0, ems: 0 } : SPACE;
  const second = {
    units: whole.units - first.units - space.units,
    ems: whole.ems - first.ems - space.ems,
  };
  if (!fits(first, maxLine) || !fits(second, maxLine)) return undefined;
  const uneven = Math.abs(first.ems - second.ems) / maxLine.ems;
  return breakCost(before, after) + uneven * 60;
}
