import type { Box } from '../look/canvas.js';
import { fitText, type FittedText } from '../type/fit-text.js';
import type { ShapedText } from '../type/shaped-text.js';

/** Points of a list where they stand, all of one size. */
export interface Grid {
  cells: { box: Box; fitted: FittedText }[];
  /** Where text begins within a cell. */
  indent: number;
  height: number;
  /** Some points found no room. */
  incomplete: boolean;
}

interface GridStyle {
  size: number;
  columns: number;
  maxLines: number;
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
const ROW_GAP_EM = 0.8;
const DOTS = 5;

/** The largest common size at which all points fit; where none does, as many points as fit, with ellipses. */
export function fitGrid(points: ShapedText[], room: Box, request: GridRequest): Grid {
  const { unit, columns, maxSize } = request;
  const whole = (grid: Grid) =>
    grid.height <= room.height &&
    grid.cells.every(({ fitted }) => !fitted.truncated && !fitted.cut);
  for (let size = maxSize * unit; size > MIN_SIZE * unit; size *= 0.955) {
    for (const count of columns) {
      const grid = gridOf(points, room, unit, { size, columns: count, maxLines: 3 });
      if (whole(grid)) return grid;
    }
  }
  const size = MIN_SIZE * unit;
  for (let kept = points.length; kept > 0; kept--) {
    for (const maxLines of [3, 2, 1]) {
      for (const count of columns) {
        const grid = gridOf(points.slice(0, kept), room, unit, { size, columns: count, maxLines });
        const incomplete = kept < points.length;
        const height = grid.height + (incomplete ? DOTS * unit : 0);
        if (height <= room.height) return { ...grid, height, incomplete };
      }
    }
  }
  return { cells: [], indent: 0, height: 0, incomplete: true };
}

function gridOf(points: ShapedText[], room: Box, unit: number, style: GridStyle): Grid {
  const { size, columns, maxLines } = style;
  const indent = INDENT * unit;
  const width = (room.width - COLUMN_GAP * unit * (columns - 1)) / columns;
  const fitted = points.map((point) =>
    fitText(point, {
      width: width - indent,
      height: Number.POSITIVE_INFINITY,
      maxSize: size,
      minSize: size * 0.999,
      maxLines,
      leading: 1.3,
    }),
  );
  const rows = Math.ceil(points.length / columns);
  const cells: Grid['cells'] = [];
  let y = room.y;
  for (let row = 0; row < rows; row++) {
    const inRow = fitted.filter((_, at) => at % rows === row);
    const height = Math.max(...inRow.map(rowHeight));
    for (const [column, text] of inRow.entries()) {
      const x = room.x + column * (width + COLUMN_GAP * unit);
      cells.push({ box: { x, y, width, height }, fitted: text });
    }
    y += height + (row < rows - 1 ? ROW_GAP_EM * size : 0);
  }
  return { cells, indent, height: y - room.y, incomplete: false };
}

/** With room for descenders also where there are none, so that rows keep one rhythm. */
function rowHeight({ height, lines, size }: FittedText): number {
  return Math.max(height, (lines.at(-1)?.baseline ?? 0) + 0.24 * size);
}
