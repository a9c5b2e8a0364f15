import { shapeIn } from '../../layout/elements.js';
import { px } from '../../look/canvas.js';
import { mix } from '../../look/contrast.js';
import { centredParts, part, type FigurePart } from '../figure-parts.js';
import type { FigureLayoutRequest } from './figure-layout.js';
import { itemsAt, type FittedItem } from './fit-items.js';
import { words } from './item-rows.js';
import { markAt, MARK_SIZE } from './marks.js';

/** In units. */
const GAP = 5;
const MIN_SIZE = 4.2;
const BELOW_MARK = 4;
const LINES = { label: 2, text: 4 };
const MOST_COLUMNS = 5;

/** Items beside each other along a line, as steps and dates are; nothing where that gets too narrow. */
export function itemColumns(
  request: FigureLayoutRequest,
  kind: 'steps' | 'timeline',
): FigurePart[] | undefined {
  const { texts, frame, room, look } = request;
  const count = texts.items.length;
  if (frame.shape !== 'wide' || count < 2 || count > MOST_COLUMNS) return undefined;
  const { unit } = frame;
  const width = (room.width - GAP * unit * (count - 1)) / count;
  const mark = MARK_SIZE[kind] * unit;
  const below = mark + BELOW_MARK * unit;
  const set = fitColumns(request, width, room.height - below);
  if (!set) return undefined;
  const left = (at: number) => room.x + at * (width + GAP * unit);
  const middle = room.y + mark / 2;
  const thick = 0.5 * unit;
  const colour = mix(look.palette.ground[1], look.palette.muted, 0.5);
  const parts = set.map((item, at): FigurePart[] => {
    const x = left(at);
    const from = x + mark + 1.4 * unit;
    const long = width + GAP * unit - mark - 2.8 * unit;
    const svg = `<rect width="${px(long)}" height="${px(thick)}" fill="${colour}"/>`;
    const box = { x: from, y: middle - thick / 2, width: long, height: thick };
    const link = part(at + 1, 'grow-from-left', shapeIn(box, svg));
    const elements = [
      ...markAt(request, kind, at, { x: x + mark / 2, y: middle }),
      ...words(item, kind, x, [room.y + below, width]),
    ];
    const own = part(at + 1, 'rise', ...elements);
    return at < count - 1 ? [own, link] : [own];
  });
  const height = below + Math.max(...set.map((item) => item.height));
  return centredParts(parts.flat(), room, height);
}

function fitColumns(
  { texts, frame }: FigureLayoutRequest,
  width: number,
  height: number,
): FittedItem[] | undefined {
  for (let size = 6 * frame.unit; size >= MIN_SIZE * frame.unit; size *= 0.955) {
    const fitted = itemsAt(texts.items, width, size, LINES);
    if (fitted?.every((item) => item.height <= height)) return fitted;
  }
  return undefined;
}
