import { shapeIn, textAt, type Element } from '../../layout/elements.js';
import { px, type Box } from '../../look/canvas.js';
import type { FrameShape } from '../../look/caption-zone.js';
import { mix } from '../../look/contrast.js';
import { centredParts, part, type FigurePart } from '../figure-parts.js';
import type { FigureLayoutRequest } from './figure-layout.js';
import { GAP, itemsAt, itemsCut, labelHeight, type FittedItem } from './fit-items.js';
import { markAt, MARK_SIZE, type MarkedKind } from './marks.js';

/** In units. */
const MIN_SIZE = 3.9;
const COLUMN_GAP = 6;
const LINES = { label: 2, text: 3 };

interface Rows {
  fitted: FittedItem[];
  size: number;
  columns: number;
  /** Of each row, px, with the space below it. */
  pitch: number[];
  height: number;
}

/** Items one below the other, each behind its mark; in two columns where there are many and the frame is wide. */
export function itemRows(request: FigureLayoutRequest, kind: MarkedKind): FigurePart[] {
  const { frame, room } = request;
  const indent = indentOf(kind) * frame.unit;
  const rows = fitRows(request, kind, indent);
  const perColumn = Math.ceil(rows.fitted.length / rows.columns);
  const width = columnWidth(room, rows.columns, frame.unit);
  const parts = rows.fitted.map((item, at): FigurePart => {
    const x = room.x + Math.floor(at / perColumn) * (width + COLUMN_GAP * frame.unit);
    const row = at % perColumn;
    const y = room.y + rows.pitch.slice(0, row).reduce((sum, one) => sum + one, 0);
    const middle = y + firstLineMiddle(item);
    const mark = markAt(request, kind, at, { x: x + markMiddle(kind) * frame.unit, y: middle });
    return part(at + 1, 'rise', ...mark, ...words(item, kind, x + indent, [y, width - indent]));
  });
  const all = kind === 'timeline' ? [...thread(request, rows, perColumn), ...parts] : parts;
  return centredParts(all, room, rows.height);
}

/** The words of an item with their upper edge at `y`. */
export function words(
  { label, text }: FittedItem,
  kind: MarkedKind,
  x: number,
  [y, width]: [number, number],
): Element[] {
  const elements: Element[] = [];
  const colour = kind === 'timeline' ? 'accent' : 'ink';
  if (label) elements.push(textAt(label, { x, y, width }, { colour }));
  if (text) {
    const below = label ? y + labelHeight(label) + label.size * GAP : y;
    elements.push(textAt(text, { x, y: below, width }, { colour: label ? 'muted' : 'ink' }));
  }
  return elements;
}

function fitRows({ texts, frame, room }: FigureLayoutRequest, kind: MarkedKind, indent: number) {
  const { items } = texts;
  const choices = columnChoices(frame.shape, items.length);
  const most = (frame.shape === 'wide' ? 6.2 : 6.6) * frame.unit;
  for (let size = most; size >= MIN_SIZE * frame.unit; size *= 0.955) {
    for (const columns of choices) {
      const width = columnWidth(room, columns, frame.unit) - indent;
      const fitted = itemsAt(items, width, size, LINES);
      const rows = fitted && rowsOf(fitted, size, columns, { kind, unit: frame.unit, air: 1 });
      if (rows && rows.height <= room.height) return rows;
    }
  }
  const size = MIN_SIZE * frame.unit;
  const columns = Math.max(...choices);
  const width = columnWidth(room, columns, frame.unit) - indent;
  let fitted =
    itemsAt(items, width, size, LINES) ?? itemsCut(items, width, size, { label: 1, text: 1 });
  let rows = rowsOf(fitted, size, columns, { kind, unit: frame.unit, air: 0.55 });
  // What still finds no room is said and not shown.
  while (rows.height > room.height && fitted.length > 1) {
    fitted = fitted.slice(0, -1);
    rows = rowsOf(fitted, size, columns, { kind, unit: frame.unit, air: 0.55 });
  }
  return rows;
}

/** How many columns to try, the better choice first. */
function columnChoices(shape: FrameShape, count: number): number[] {
  if (shape === 'wide' && count > 4) return [2, 1];
  return shape === 'square' && count > 3 ? [1, 2] : [1];
}

function rowsOf(
  fitted: FittedItem[],
  size: number,
  columns: number,
  { kind, unit, air }: { kind: MarkedKind; unit: number; air: number },
): Rows {
  const perColumn = Math.ceil(fitted.length / columns);
  const gap = air * size * (fitted.some(({ label, text }) => label && text) ? 1 : 0.85);
  const pitch = Array.from({ length: perColumn }, (_, row) => {
    const inRow = fitted.filter((_, at) => at % perColumn === row).map(({ height }) => height);
    return Math.max(MARK_SIZE[kind] * unit, size, ...inRow) + (row < perColumn - 1 ? gap : 0);
  });
  return { fitted, size, columns, pitch, height: pitch.reduce((sum, one) => sum + one, 0) };
}

/** The line through the dots of a timeline. */
function thread(request: FigureLayoutRequest, rows: Rows, perColumn: number): FigurePart[] {
  const { frame, room, look } = request;
  const width = columnWidth(room, rows.columns, frame.unit);
  const thick = 0.5 * frame.unit;
  const colour = mix(look.palette.ground[1], look.palette.muted, 0.5);
  return Array.from({ length: rows.columns }, (_, column) => {
    const last = Math.min(perColumn, rows.fitted.length - column * perColumn) - 1;
    const first = rows.fitted[column * perColumn];
    const end = rows.fitted[column * perColumn + last];
    if (!first || !end) return undefined;
    const x = room.x + column * (width + COLUMN_GAP * frame.unit);
    const from = room.y + firstLineMiddle(first);
    const above = rows.pitch.slice(0, last).reduce((sum, one) => sum + one, 0);
    const height = room.y + above + firstLineMiddle(end) - from;
    const box = { x: x + markMiddle('timeline') * frame.unit - thick / 2, y: from };
    const svg = `<rect width="${px(thick)}" height="${px(height)}" fill="${colour}"/>`;
    return part(0, 'grow-from-top', shapeIn({ ...box, width: thick, height }, svg));
  }).filter((one) => one !== undefined);
}

function firstLineMiddle({ label, text }: FittedItem): number {
  const first = label ?? text;
  return first ? (first.lines[0]?.baseline ?? 0) - first.size * 0.35 : 0;
}

/** Centre of the mark and start of the words, in units from the left. */
function markMiddle(kind: MarkedKind): number {
  return MARK_SIZE[kind] / 2;
}

function indentOf(kind: MarkedKind): number {
  return MARK_SIZE[kind] + (kind === 'steps' ? 3 : 2.8);
}

function columnWidth({ width }: Box, columns: number, unit: number): number {
  return (width - COLUMN_GAP * unit * (columns - 1)) / columns;
}
