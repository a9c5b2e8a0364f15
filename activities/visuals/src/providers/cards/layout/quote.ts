import { centred, type Element, fitText, shapeIn as shape, textAt as text } from '@aura/drawing';
import type { LayoutRequest } from './layout.js';

/** Two strokes of a quotation mark in a square of one, drawn, so that they are the same in every script. */
const MARK =
  'M0 .62C0 .3 .13 .1 .4 0l.05 .11C.3 .19 .22 .29 .21 .42h.22v.42H0zM.55 .62C.55 .3 .68 .1 .95 0L1 .11C.85 .19 .77 .29 .76 .42h.22v.42H.55z';

/** Someone's words under a large mark, and who said them. */
export function quoteLayout({ texts, frame, room, look }: LayoutRequest): Element[] {
  const { unit } = frame;
  const wide = frame.shape === 'wide';
  const mark = { width: 11 * unit, height: 9.3 * unit, gap: 4 * unit };
  const elements: Element[] = [
    shape(
      { x: room.x, y: room.y, width: mark.width, height: mark.height },
      `<path d="${MARK}" transform="scale(${mark.width})" fill="${look.palette.accent}"/>`,
    ),
  ];
  let y = room.y + mark.height + mark.gap;
  const source =
    texts.source &&
    fitText(texts.source, {
      width: room.width * 0.86,
      height: 12 * unit,
      maxSize: 4.8 * unit,
      minSize: 4.1 * unit,
      maxLines: 2,
      leading: 1.3,
    });
  const sourceHeight = source ? source.height + 5 * unit : 0;
  if (texts.heading) {
    const quote = fitText(texts.heading, {
      width: room.width * (wide ? 0.84 : 1),
      height: room.height - mark.height - mark.gap - sourceHeight,
      maxSize: (wide ? 8.8 : 9.6) * unit,
      minSize: 4.8 * unit,
      maxLines: frame.shape === 'tall' ? 9 : 6,
      leading: 1.2,
    });
    elements.push(text(quote, { x: room.x, y, width: room.width }, { role: 'heading' }));
    y += quote.height;
  }
  if (source) {
    y += 5 * unit;
    const dash = { width: 5 * unit, height: 0.55 * unit };
    const middle = y + (source.lines[0]?.baseline ?? 0) - source.size * 0.32 - dash.height / 2;
    elements.push(
      shape(
        { x: room.x, y: middle, ...dash },
        `<rect width="${dash.width}" height="${dash.height}" fill="${look.palette.accent}"/>`,
      ),
      text(source, { x: room.x + 7 * unit, y, width: room.width - 7 * unit }, { colour: 'muted' }),
    );
    y += source.height;
  }
  return centred(elements, room, y - room.y);
}
