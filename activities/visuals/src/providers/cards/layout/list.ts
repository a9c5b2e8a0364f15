import { fitGrid, shown, type Grid } from './grid.js';
import { centred, shapeIn as shape, textAt as text, type Element } from '@aura/drawing';
import { fitHeadline } from './headline.js';
import type { LayoutRequest } from './layout.js';

/** Sizes of the heading that are tried, the best first: a smaller one makes room for more points. */
const HEADING_SIZES = [
  { max: 9.6, min: 6.4, share: 0.42, gap: 6.4 },
  { max: 6.8, min: 5.2, share: 0.32, gap: 5.2 },
  { max: 5.2, min: 5.2, share: 0.26, gap: 4.4 },
];

/** A heading and its points, each behind a mark of accent; two columns where the picture is wide and the points are many. */
export function listLayout(request: LayoutRequest): Element[] {
  let best: List | undefined;
  for (const size of HEADING_SIZES) {
    const list = listWith(request, size);
    if (!best || merit(list) > merit(best)) best = list;
    if (merit(list) >= WHOLE + COMFORTABLE * request.frame.unit) break;
  }
  return best?.elements ?? [];
}

/** Points of this size, in units, need no smaller heading. */
const COMFORTABLE = 4.5;
const WHOLE = 100_000;

/** Lists that show all their words come before others, then larger ones; of the others, those that show more. */
function merit({ grid }: List): number {
  const isWhole = !grid.incomplete && grid.cells.every(({ fitted }) => !fitted.truncated);
  return isWhole ? WHOLE + (grid.cells[0]?.fitted.size ?? WHOLE) : shown(grid);
}

interface List {
  elements: Element[];
  grid: Grid;
}

function listWith(
  { texts, frame, room, look }: LayoutRequest,
  size: (typeof HEADING_SIZES)[number],
): List {
  const { unit } = frame;
  const wide = frame.shape === 'wide';
  const elements: Element[] = [];
  let { y } = room;
  if (texts.heading) {
    const height = room.height * (texts.points.length > 0 ? size.share : 1);
    const heading = fitHeadline(texts.heading, { ...room, height }, unit, {
      max: wide ? Math.min(size.max, 8.4) : size.max,
      min: size.min,
      maxLines: frame.shape === 'tall' ? 3 : 2,
      leading: 1.12,
      column: wide ? 0.8 : 1,
    });
    elements.push(text(heading, { x: room.x, y, width: room.width }, { role: 'heading' }));
    y += heading.height + (texts.points.length > 0 ? size.gap * unit : 0);
  }
  const below = { ...room, y, height: room.y + room.height - y };
  const columns = wide && texts.points.length > 3 ? [2, 1] : [1];
  const grid = fitGrid(texts.points, below, { unit, columns, maxSize: wide ? 6 : 7 });
  elements.push(...gridElements(grid, look.palette.accent, unit));
  return { elements: centred(elements, room, y + grid.height - room.y), grid };
}

function gridElements(grid: Grid, accent: string, unit: number): Element[] {
  const elements = grid.cells.flatMap(({ box, fitted }): Element[] => {
    const size = 2.2 * unit;
    const middle = box.y + ((fitted.lines[0]?.baseline ?? 0) - fitted.size * 0.35);
    const mark = { x: box.x, y: middle - size / 2, width: size, height: size };
    const x = box.x + grid.indent;
    return [
      shape(mark, `<rect width="${size}" height="${size}" rx="${size * 0.32}" fill="${accent}"/>`),
      text(fitted, { x, y: box.y, width: box.width - grid.indent }),
    ];
  });
  const last = grid.cells.at(-1);
  if (!grid.incomplete || !last) return elements;
  // Three dots, drawn: there are more points than fit, and the narration says them.
  const dots = [0, 1, 2].map(
    (at) =>
      `<circle cx="${(0.5 + at * 1.6) * unit}" cy="${0.5 * unit}" r="${0.5 * unit}" fill="${accent}"/>`,
  );
  const y = last.box.y + last.box.height + 2.4 * unit;
  const box = { x: last.box.x + grid.indent, y, width: 4.2 * unit, height: unit };
  return [...elements, shape(box, dots.join(''))];
}
