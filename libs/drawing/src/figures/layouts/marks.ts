import { shapeIn, textAt, type Element } from '../../layout/elements.js';
import { circle, px, type Box } from '../../look/canvas.js';
import { setWhole } from '../../type/fit-text.js';
import type { FigureLayoutRequest } from './figure-layout.js';

/** What stands before an item: a small square, its number in a disc, or a dot. Its side, in units. */
export const MARK_SIZE = { list: 2.2, steps: 7, timeline: 2.6 } as const;
export type MarkedKind = keyof typeof MARK_SIZE;

/** The mark of item `at` around a centre. */
export function markAt(
  { look, frame, texts }: FigureLayoutRequest,
  kind: MarkedKind,
  at: number,
  centre: { x: number; y: number },
): Element[] {
  const side = MARK_SIZE[kind] * frame.unit;
  const box: Box = { x: centre.x - side / 2, y: centre.y - side / 2, width: side, height: side };
  const { accent } = look.palette;
  if (kind === 'list') {
    return [
      shapeIn(
        box,
        `<rect width="${px(side)}" height="${px(side)}" rx="${px(side * 0.32)}" fill="${accent}"/>`,
      ),
    ];
  }
  const disc = shapeIn(box, circle(side / 2, side / 2, side / 2, `fill="${accent}"`));
  const ordinal = texts.ordinals[at];
  const fitted =
    ordinal &&
    setWhole(ordinal, { width: side, height: side, maxLines: 1, leading: 1 }, side * 0.54);
  if (kind !== 'steps' || !fitted) return [disc];
  const place = { x: box.x, y: centre.y - fitted.height / 2, width: side };
  return [disc, textAt(fitted, place, { align: 'center', colour: 'ground' })];
}
