import type { PdfLine } from './pdf-lines.js';

/** Letters that are so much larger than most are those of headings, and so much smaller those of notes. */
const LARGER = 1.15;
const SMALLER = 0.8;
/** Lines that are so many times their size apart belong to two paragraphs. */
const APART = 1.75;

/**
 * The running text of lines as they are set: without headings and notes, which are told by the size of their letters,
 * words that a line's end has parted joined again, paragraphs parted by blank lines. A paragraph that a page's end
 * has parted stays parted. Pure.
 */
export function runningText(lines: readonly PdfLine[]): string {
  const usual = usualSize(lines);
  let text = '';
  let last: PdfLine | undefined;
  for (const line of lines) {
    const isOther = line.size > usual * LARGER || line.size < usual * SMALLER;
    if (isOther || line.text.trim() === '') {
      // Some writers put an empty line after each; a page's end or another size ends the paragraph.
      if (isOther) last = undefined;
      continue;
    }
    const gap = last ? last.y - line.y : Infinity;
    const isSame = gap <= line.size * APART && gap >= 0;
    text += `${isSame ? '\n' : '\n\n'}${line.text.trim()}`;
    last = line;
  }
  return text.replaceAll(/(\p{Ll})[-\u2010\u00ad]\n(?=\p{Ll})/gu, '$1').trim();
}

/** That of most characters. */
function usualSize(lines: readonly PdfLine[]): number {
  const characters = new Map<number, number>();
  for (const { text, size } of lines) {
    const rounded = Math.round(size * 2) / 2;
    characters.set(rounded, (characters.get(rounded) ?? 0) + text.trim().length);
  }
  const [most] = [...characters].toSorted((a, b) => b[1] - a[1]);
  return most?.[0] ?? 0;
}
