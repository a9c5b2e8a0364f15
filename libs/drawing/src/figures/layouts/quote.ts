import { shapeIn, textAt } from '../../layout/elements.js';
import { fitText } from '../../type/fit-text.js';
import { centredParts, part, type FigurePart } from '../figure-parts.js';
import type { FigureLayout } from './figure-layout.js';

/** Two strokes of a quotation mark in a square of one, drawn, so that they are the same in every script. */
const MARK =
  'M0 .62C0 .3 .13 .1 .4 0l.05 .11C.3 .19 .22 .29 .21 .42h.22v.42H0zM.55 .62C.55 .3 .68 .1 .95 0L1 .11C.85 .19 .77 .29 .76 .42h.22v.42H.55z';

/** Someone's words under a large mark, and who said them. */
export const quoteLayout: FigureLayout = ({ texts, frame, room, look }) => {
  const { unit } = frame;
  const wide = frame.shape === 'wide';
  const [item] = texts.items;
  const [side, tall] = [10 * unit, 8.4 * unit];
  const mark = `<path d="${MARK}" transform="scale(${side})" fill="${look.palette.accent}"/>`;
  const parts: FigurePart[] = [
    part(0, 'fade', shapeIn({ x: room.x, y: room.y, width: side, height: tall }, mark)),
  ];
  let y = room.y + tall + 3.6 * unit;
  const who =
    item?.label &&
    fitText(item.label, {
      width: room.width * 0.86,
      height: 12 * unit,
      maxSize: 4.8 * unit,
      minSize: 3.9 * unit,
      maxLines: 2,
      leading: 1.3,
    });
  const whoHeight = who ? who.height + 6 * unit : 0;
  if (item?.text) {
    const quote = fitText(item.text, {
      width: room.width * (wide ? 0.88 : 1),
      height: room.y + room.height - y - whoHeight,
      maxSize: (wide ? 8.4 : 9) * unit,
      minSize: 4.4 * unit,
      maxLines: frame.shape === 'tall' ? 9 : 6,
      leading: 1.22,
    });
    parts.push(
      part(1, 'rise', textAt(quote, { x: room.x, y, width: room.width }, { role: 'heading' })),
    );
    y += quote.height;
  }
  if (who) {
    y += 6 * unit;
    const [width, height] = [5 * unit, 0.55 * unit];
    const middle = y + (who.lines[0]?.baseline ?? 0) - who.size * 0.32 - height / 2;
    const dash = `<rect width="${width}" height="${height}" fill="${look.palette.accent}"/>`;
    const place = { x: room.x + 7 * unit, y, width: room.width - 7 * unit };
    parts.push(
      part(
        2,
        'fade',
        shapeIn({ x: room.x, y: middle, width, height }, dash),
        textAt(who, place, { colour: 'muted' }),
      ),
    );
    y += who.height;
  }
  return centredParts(parts, room, y - room.y);
};
