import type { Run, ShapedText, Word } from './shaped-text.js';

/** Words of one line; `ends` is the run drawn after them where the text was cut. Widths in em. */
export interface Line {
  words: Word[];
  width: number;
  ends?: Run;
}

/** Lines of at most `width` em, filled one after the other. Undefined where a word alone is wider. */
export function breakLines(words: readonly Word[], width: number): Line[] | undefined {
  const lines: Line[] = [];
  let line: Line = { words: [], width: 0 };
  for (const word of words) {
    if (word.width > width) return undefined;
    const gap = line.words.at(-1)?.space ?? 0;
    if (line.words.length > 0 && line.width + gap + word.width > width) {
      lines.push(line);
      line = { words: [], width: 0 };
    }
    line.width += word.width + (line.words.length > 0 ? gap : 0);
    line.words.push(word);
  }
  return line.words.length > 0 ? [...lines, line] : lines;
}

/** As many lines as `breakLines` needs, of lengths as even as they can be: no single word left on the last. */
export function balanceLines(words: readonly Word[], width: number): Line[] | undefined {
  const loose = breakLines(words, width);
  if (!loose || loose.length < 2) return loose;
  let tightest = width;
  let low = Math.max(...words.map((word) => word.width));
  for (let step = 0; step < 12; step++) {
    const middle = (low + tightest) / 2;
    if (breakLines(words, middle)?.length === loose.length) tightest = middle;
    else low = middle;
  }
  const even = evenLines(words, tightest);
  return even.length === loose.length ? even : breakLines(words, tightest);
}

/** A short last line disturbs less than a short one between longer ones. */
const LAST_LINE_WEIGHT = 0.55;

/** The breaks with the least sum of squared gaps at the line ends, the last line's included. */
function evenLines(words: readonly Word[], width: number): Line[] {
  const best: { cost: number; from: number; width: number }[] = [{ cost: 0, from: 0, width: 0 }];
  for (let end = 1; end <= words.length; end++) {
    let choice = { cost: Infinity, from: end - 1, width };
    let length = 0;
    for (let from = end - 1; from >= 0; from--) {
      const word = words[from];
      if (!word) break;
      length += word.width + (from < end - 1 ? word.space : 0);
      if (length > width) break;
      const weight = end === words.length ? LAST_LINE_WEIGHT : 1;
      const cost = (best[from]?.cost ?? Infinity) + weight * (width - length) ** 2;
      if (cost < choice.cost) choice = { cost, from, width: length };
    }
    best.push(choice);
  }
  const lines: Line[] = [];
  for (let end = words.length; end > 0;) {
    const { from, width: length } = best[end] ?? { from: 0, width: 0 };
    lines.unshift({ words: words.slice(from, end), width: length });
    end = from;
  }
  return lines;
}

/** Cuts words that are wider than a line between graphemes, as a last resort and without a hyphen. */
export function cutWideWords(text: ShapedText, width: number): Word[] {
  return text.words.flatMap((word) => (word.width <= width ? [word] : cutWord(text, word, width)));
}

/** The first `count` lines, the last one ended with an ellipsis where something follows. */
export function truncateLines(
  text: ShapedText,
  lines: Line[],
  count: number,
  width: number,
): Line[] {
  const last = lines[count - 1];
  if (lines.length <= count || !last) return lines;
  const words = [...last.words];
  const room = width - text.ellipsis.width;
  while (words.length > 1 && widthOf(words) > room) words.pop();
  const [first] = words;
  if (first && words.length === 1 && first.width > room) {
    words[0] = cutWord(text, first, room)[0] ?? first;
  }
  const kept = withoutTrailingPunctuation(text, words);
  return [
    ...lines.slice(0, count - 1),
    { words: kept, width: widthOf(kept) + text.ellipsis.width, ends: text.ellipsis },
  ];
}

function widthOf(words: Word[]): number {
  return words.reduce(
    (sum, word, at) => sum + word.width + (at < words.length - 1 ? word.space : 0),
    0,
  );
}

function cutWord(text: ShapedText, word: Word, width: number): Word[] {
  const inside = text.boundaries.filter((at) => at > word.start && at <= word.end);
  const parts: Word[] = [];
  let { start } = word;
  while (start < word.end) {
    const ends = inside.filter((at) => at > start);
    const part = longestPart(text, start, ends, width);
    parts.push(part);
    start = part.end;
  }
  const last = parts.pop();
  if (last) parts.push({ ...last, space: word.space, spaceLevel: word.spaceLevel });
  return parts;
}

/** The longest part from `start` that is no wider than `width`, found by halving; at least one grapheme. */
function longestPart(text: ShapedText, start: number, ends: number[], width: number): Word {
  let best = text.part(start, ends[0] ?? start + 1);
  let [low, high] = [1, ends.length - 1];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const part = text.part(start, ends[middle] ?? start + 1);
    if (part.width <= width) {
      best = part;
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return best;
}

function withoutTrailingPunctuation(text: ShapedText, words: Word[]): Word[] {
  const last = words.at(-1);
  if (!last) return words;
  const trimmed = text.trimEnd(last.start, last.end);
  if (trimmed === last.end) return words;
  if (trimmed > last.start) return [...words.slice(0, -1), text.part(last.start, trimmed)];
  return words.length > 1 ? withoutTrailingPunctuation(text, words.slice(0, -1)) : words;
}
