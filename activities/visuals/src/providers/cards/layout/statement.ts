import {
  centred,
  type Element,
  fitText,
  iconFor,
  iconSvg,
  shapeIn as shape,
  textAt as text,
} from '@aura/drawing';
import { fitHeadline } from './headline.js';
import type { LayoutRequest } from './layout.js';

/** One thought in large type, with its icon above where the keywords have one. */
export function statementLayout({ content, texts, frame, room, look }: LayoutRequest): Element[] {
  const { unit } = frame;
  const [line] = texts.points;
  const elements: Element[] = [];
  let y = room.y;
  const icon = iconFor(content.keywords);
  if (icon !== undefined) {
    const size = 12.5 * unit;
    const inset = size * 0.24;
    const tile = `<rect width="${size}" height="${size}" rx="${size * 0.28}" fill="${look.palette.accent}"/>`;
    const drawn = iconSvg(icon, size - 2 * inset, look.palette.ground[0], unit * 0.62);
    elements.push(
      shape(
        { x: room.x, y, width: size, height: size },
        `${tile}<g transform="translate(${inset} ${inset})">${drawn}</g>`,
      ),
    );
    y += size + 4.6 * unit;
  }
  const under = line
    ? fitText(line, {
        width: room.width * (frame.shape === 'wide' ? 0.66 : 1),
        height: 16 * unit,
        maxSize: 5 * unit,
        minSize: 4.2 * unit,
        maxLines: 3,
        leading: 1.34,
      })
    : undefined;
  const underHeight = under ? under.height + 3.6 * unit : 0;
  if (texts.heading) {
    const height = room.y + room.height - y - underHeight;
    const heading = fitHeadline(texts.heading, { ...room, height }, unit, {
      max: frame.shape === 'wide' ? 11.6 : 12.6,
      min: 5.2,
      maxLines: frame.shape === 'tall' ? 6 : 4,
      leading: 1.1,
      column: frame.shape === 'wide' ? 0.7 : 1,
    });
    elements.push(text(heading, { x: room.x, y, width: room.width }, { role: 'heading' }));
    y += heading.height;
  }
  if (under) {
    y += 3.6 * unit;
    elements.push(text(under, { x: room.x, y, width: room.width }, { colour: 'muted' }));
    y += under.height;
  }
  return centred(elements, room, y - room.y);
}
