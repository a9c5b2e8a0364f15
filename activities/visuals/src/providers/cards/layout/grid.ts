import { type Box, type FittedText, type ShapedText, fitText, setWhole } from '@aura/drawing';

/** Points of a list where they stand, all of one size. */
export interface Grid {
  cells: { box: Box; fitted: FittedText }[];
  /** Where text begins within a cell. */
  indent: number;
  height: number;
  /** Some points found no room. */
  incomplete: boolean;
}

export interface GridRequest {
  unit: number;
  /** How many columns to try, the best first. */
  columns: number[];
  /** In units. */
  maxSize: number;
}

/** In units. */
const MIN_SIZE = 4.1;
const INDENT = 5;
const COLUMN_GAP = 6;
const DOTS = 5;
/** Between rows, em: at a comfortable size, and where points must stand close. */
const ROW_GAP_EM = { loose: 0.8, tight: 0.5 };
const LEADING = 1.3;
const MAX_LINES = 3;

/** The largest common size at which all points fit; where none does, as many points as fit, with ellipses. */
export function fitGrid(points: ShapedText[], room: Box, request: GridRequest): Grid {
  const { unit, columns, maxSize } = request;
  for (let size = maxSize * unit; size >= MIN_SIZE * unit; size *= 0.955) {
    for (const count of columns) {
      const line = lineOf(room, unit, count);
      const fitted = allWhole(points, line, size);
      const grid = fitted && gridOf(fitted, room, { unit, columns: count, gap: ROW_GAP_EM.loose });
      if (grid && grid.height <= room.height) return grid;
    }
  }
  return fitSmallest(points, room, request);
}

function allWhole(
  points: ShapedText[],
  line: ReturnType<typeof lineOf>,
  size: number,
): FittedText[] | undefined {
  const all: FittedText[] = [];
  for (const point of points) {
    const fitted = setWhole(point, line, size);
    if (!fitted) return undefined;
    all.push(fitted);
  }
  return all;
}

/** Of all ways to leave something out, the one that shows most: fewer points with more words, or more with fewer. */
function fitSmallest(points: ShapedText[], room: Box, { unit, columns }: GridRequest): Grid {
  const size = MIN_SIZE * unit;
  let best: Grid = { cells: [], indent: 0, height: 0, incomplete: true };
  for (const maxLines of [MAX_LINES, 2, 1]) {
    for (const count of columns) {
      const line = { ...lineOf(room, unit, count), maxSize: size, minSize: size, maxLines };
      const fitted = points.map((point) => fitText(point, line));
      const grid = asManyAsFit(fitted, room, { unit, columns: count, gap: ROW_GAP_EM.tight });
      if (shown(grid) > shown(best)) best = grid;
    }
  }
  return best;
}

function asManyAsFit(fitted: FittedText[], room: Box, style: Parameters<typeof gridOf>[2]): Grid {
  for (let kept = fitted.length; kept > 0; kept--) {
    const grid = gridOf(fitted.slice(0, kept), room, style);
    const incomplete = kept < fitted.length;
    const height = grid.height + (incomplete ? DOTS * style.unit : 0);
    if (height <= room.height) return { ...grid, height, incomplete };
  }
  return { cells: [], indent: 0, height: 0, incomplete: true };
}

/** How much of the points is to be read, in glyphs. */
export function shown({ cells }: Grid): number {
  const glyphs = cells.flatMap(({ fitted }) => fitted.lines.map((line) => line.glyphs.length));
  return glyphs.reduce((sum, count) => sum + count, 0);
}

/** The room of one point; heights are looked at when all points stand together. */
function lineOf(room: Box, unit: number, columns: number) {
  const width = columnWidth(room, unit, columns) - INDENT * unit;
  return { width, height: Number.POSITIVE_INFINITY, maxLines: MAX_LINES, leading: LEADING };
}

function columnWidth(room: Box, unit: number, columns: number): number {
  return (room.width - COLUMN_GAP * unit * (columns - 1)) / columns;
}

/** Reads down the first column, then the next; rows are as high as their highest point. */
function gridOf(
  fitted: FittedText[],
  room: Box,
  { unit, columns, gap }: { unit: number; columns: number; gap: number },
): Grid {
  const width = columnWidth(room, unit, columns);
  const rows = Math.ceil(fitted.length / columns);
  const cells: Grid['cells'] = [];
  let { y } = room;
  for (let row = 0; row < rows; row++) {
    const inRow = fitted.filter((_, at) => at % rows === row);
    const height = Math.max(...inRow.map(rowHeight));
    for (const [column, text] of inRow.entries()) {
      const x = room.x + column * (width + COLUMN_GAP * unit);
      cells.push({ box: { x, y, width, height }, fitted: text });
    }
    y += height + (row < rows - 1 ? gap * (fitted[0]?.size ?? 0) : 0);
  }
  return { cells, indent: INDENT * unit, height: y - room.y, incomplete: false };
}

/** With room for descenders also where there are none, so that rows keep one rhythm. */
function rowHeight({ height, lines, size }: FittedText): number {
  return Math.max(height, (lines.at(-1)?.baseline ?? 0) + 0.24 * size);
}
