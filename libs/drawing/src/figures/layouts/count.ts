import { textAt, type Element } from '../../layout/elements.js';
import { fitText, setWhole, type FittedText } from '../../type/fit-text.js';
import { centredParts, part, type FigurePart } from '../figure-parts.js';
import type { FigureLayout } from './figure-layout.js';

/** One number as large as it fits, which counts itself up, and what it is. */
export const countLayout: FigureLayout = ({ texts, frame, room }) => {
  const { unit } = frame;
  const wide = frame.shape === 'wide';
  const [item] = texts.items;
  const caption = item?.label ?? item?.text;
  const below =
    caption &&
    fitText(caption, {
      width: room.width * (wide ? 0.78 : 1),
      height: room.height * 0.32,
      maxSize: (wide ? 6.2 : 7) * unit,
      minSize: 4.4 * unit,
      maxLines: wide ? 2 : 4,
      leading: 1.26,
    });
  const gap = 5 * unit;
  const name =
    texts.unit &&
    fitText(texts.unit, {
      width: room.width,
      height: room.height * 0.2,
      maxSize: 8.4 * unit,
      minSize: 5 * unit,
      maxLines: 2,
      leading: 1.15,
    });
  const nameHeight = name ? name.height + 3.6 * unit : 0;
  const free = room.height - nameHeight - (below ? below.height + gap : 0);
  const number =
    item?.shown &&
    fitText(item.shown, {
      width: room.width,
      height: free,
      maxSize: 40 * unit,
      minSize: 7 * unit,
      maxLines: 1,
      leading: 1,
    });
  const parts: FigurePart[] = [];
  let y = room.y;
  if (number) {
    const states = [...texts.counted.map((one) => atSameSize(one, number)), number];
    parts.push(counting(states, { x: room.x, y, width: room.width }));
    y += number.height + (name ? 3.6 * unit : gap);
  }
  if (name) {
    parts.push(part(1, 'fade', textAt(name, { x: room.x, y, width: room.width })));
    y += name.height + gap;
  }
  if (below) {
    parts.push(part(2, 'rise', textAt(below, { x: room.x, y, width: room.width })));
    y += below.height;
  }
  return centredParts(parts, room, y - room.y);
};

/** All states on one baseline, at the size of the last. */
function counting(
  states: (FittedText | undefined)[],
  place: { x: number; y: number; width: number },
): FigurePart {
  const drawn = states.filter((one) => one !== undefined);
  const lowest = Math.max(...drawn.map(baseline));
  const elements = drawn.map((one): Element[] => [
    textAt(
      one,
      { ...place, y: place.y + lowest - baseline(one) },
      { role: 'heading', colour: 'accent' },
    ),
  ]);
  const [first = [], ...others] = elements;
  return { states: [first, ...others], enter: 'count', step: 1 };
}

function atSameSize(
  shaped: Parameters<typeof setWhole>[0],
  { size, width }: FittedText,
): FittedText | undefined {
  return setWhole(
    shaped,
    { width: Math.max(width, size), height: size * 2, maxLines: 1, leading: 1 },
    size,
  );
}

function baseline({ lines }: FittedText): number {
  return lines[0]?.baseline ?? 0;
}
