import {
  accentBar,
  centred,
  type Element,
  fitText,
  shapeIn as shape,
  textAt as text,
} from '@aura/drawing';
import type { LayoutRequest } from './layout.js';

/** In units. */
const GAP = 5;

/** The last card: centred and calm, over a bar of accent. */
export function closingLayout({ texts, frame, room, look }: LayoutRequest): Element[] {
  const { unit } = frame;
  const wide = frame.shape === 'wide';
  const [line] = texts.points;
  const under =
    line &&
    fitText(line, {
      width: room.width * 0.86,
      height: 15 * unit,
      maxSize: 5 * unit,
      minSize: 4.2 * unit,
      maxLines: 2,
      leading: 1.32,
    });
  const bar = accentBar(look.palette.accent, unit);
  const underSpace = under ? under.height + GAP * unit : 0;
  const elements: Element[] = [];
  const place = { x: room.x, width: room.width };
  let { y } = room;
  if (texts.heading) {
    const heading = fitText(texts.heading, {
      width: room.width * (wide ? 0.84 : 1),
      height: room.height - bar.height - GAP * unit - underSpace,
      maxSize: (wide ? 11.4 : 12) * unit,
      minSize: 5.2 * unit,
      maxLines: frame.shape === 'tall' ? 6 : 4,
      leading: 1.1,
    });
    elements.push(text(heading, { ...place, y }, { role: 'heading', align: 'center' }));
    y += heading.height + GAP * unit;
  }
  elements.push(shape({ ...bar, x: room.x + (room.width - bar.width) / 2, y }, bar.svg));
  y += bar.height;
  if (under) {
    y += GAP * unit;
    elements.push(text(under, { ...place, y }, { colour: 'muted', align: 'center' }));
    y += under.height;
  }
  return centred(elements, room, y - room.y);
}
