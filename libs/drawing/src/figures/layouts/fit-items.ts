import { fitText, setWhole, type FittedText } from '../../type/fit-text.js';
import type { ShapedItem } from '../shape-figure.js';

/** An item's words set, one below the other. */
export interface FittedItem {
  label?: FittedText | undefined;
  text?: FittedText | undefined;
  /** Of all of it, px. */
  height: number;
}

/** Between a label and its text, and the size of that text, as shares of the label's size. */
export const GAP = 0.36;
const TEXT_SHARE = 0.74;

export interface ItemLines {
  label: number;
  text: number;
}

/** Every item whole at one size of labels, px; nothing where one of them does not fit. */
export function itemsAt(
  items: readonly ShapedItem[],
  width: number,
  size: number,
  lines: ItemLines,
): FittedItem[] | undefined {
  const room = { width, height: Number.POSITIVE_INFINITY };
  const fitted: FittedItem[] = [];
  for (const item of items) {
    const label =
      item.label && setWhole(item.label, { ...room, maxLines: lines.label, leading: 1.2 }, size);
    const text =
      item.text &&
      setWhole(item.text, { ...room, maxLines: lines.text, leading: 1.3 }, textSize(item, size));
    if ((item.label && !label) || (item.text && !text)) return undefined;
    fitted.push(stacked(label, text, size));
  }
  return fitted;
}

/** Every item at this size, with ellipses where it must be. */
export function itemsCut(
  items: readonly ShapedItem[],
  width: number,
  size: number,
  lines: ItemLines,
): FittedItem[] {
  const cut = (shaped: ShapedItem['label'], at: number, maxLines: number, leading: number) =>
    shaped &&
    fitText(shaped, { width, height: size * 9, maxSize: at, minSize: at, maxLines, leading });
  return items.map((item) =>
    stacked(
      cut(item.label, size, lines.label, 1.2),
      cut(item.text, textSize(item, size), lines.text, 1.3),
      size,
    ),
  );
}

/** A text that stands alone is as large as a label. */
function textSize({ label }: ShapedItem, size: number): number {
  return label ? size * TEXT_SHARE : size;
}

/** With room for descenders also where there are none, so that all items keep one rhythm. */
export function labelHeight({ height, lines, size }: FittedText): number {
  return Math.max(height, (lines.at(-1)?.baseline ?? 0) + 0.24 * size);
}

function stacked(
  label: FittedText | undefined,
  text: FittedText | undefined,
  size: number,
): FittedItem {
  const first = label ? labelHeight(label) : 0;
  const gap = label && text ? size * GAP : 0;
  return { label, text, height: first + gap + (text?.height ?? 0) };
}
