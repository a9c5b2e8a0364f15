import {
  accentBar,
  centred,
  type Element,
  fitText,
  shapeIn as shape,
  textAt as text,
} from '@aura/drawing';
import { fitHeadline } from './headline.js';
import type { LayoutRequest } from './layout.js';

/** In units. */
const BAR_GAP = 5.2;
const UNDER_GAP = 4.4;

/** The film's name, as large as it goes, over a bar of accent. */
export function titleLayout({ texts, frame, room, look }: LayoutRequest): Element[] {
  const { unit } = frame;
  const wide = frame.shape === 'wide';
  const [line] = texts.points;
  const under =
    line &&
    fitText(line, {
      width: room.width * (wide ? 0.6 : 1),
      height: 15 * unit,
      maxSize: (wide ? 5 : 5.8) * unit,
      minSize: 4.2 * unit,
      maxLines: 2,
      leading: 1.32,
    });
  const bar = accentBar(look.palette.accent, unit);
  const barSpace = BAR_GAP * unit + bar.height;
  const underSpace = under ? under.height + UNDER_GAP * unit : 0;
  const elements: Element[] = [];
  let { y } = room;
  if (texts.heading) {
    const height = room.height - barSpace - underSpace;
    const heading = fitHeadline(texts.heading, { ...room, height }, unit, {
      max: wide ? 14.5 : 15,
      min: 5.4,
      maxLines: frame.shape === 'tall' ? 5 : 4,
      leading: 1.06,
      column: wide ? 0.66 : 1,
    });
    elements.push(text(heading, { x: room.x, y, width: room.width }, { role: 'heading' }));
    y += heading.height + BAR_GAP * unit;
  }
  elements.push(shape({ ...bar, x: room.x, y }, bar.svg));
  y += bar.height;
  if (under) {
    y += UNDER_GAP * unit;
    elements.push(text(under, { x: room.x, y, width: room.width }, { colour: 'muted' }));
    y += under.height;
  }
  return centred(elements, room, y - room.y);
}
