import { shapeIn, textAt, type Element } from '../../layout/elements.js';
import { px, type Box } from '../../look/canvas.js';
import { fitText, type FittedText, type Room } from '../../type/fit-text.js';
import type { ShapedText } from '../../type/shaped-text.js';
import { part } from '../figure-parts.js';
import type { ShapedItem } from '../shape-figure.js';
import type { FigureLayout, FigureLayoutRequest } from './figure-layout.js';

/** In units. */
const GAP = 4;
const PADDING = 4.6;

/** Two panels of one size: beside each other, or one above the other where the frame is tall. */
export const comparisonLayout: FigureLayout = (request) => {
  const { texts, frame, room, content } = request;
  const tall = frame.shape === 'tall';
  const gap = GAP * frame.unit;
  // A value of nothing beside a value of nothing says nothing: then there are words only.
  const valued = content.items.some(({ value }) => value !== 0);
  const width = tall ? room.width : (room.width - gap) / 2;
  const height = Math.min(tall ? (room.height - gap) / 2 : room.height, 56 * frame.unit);
  const top = room.y + Math.max(0, room.height - (tall ? 2 * height + gap : height)) * 0.3;
  return texts.items.map((item, at) => {
    const x = tall ? room.x : room.x + at * (width + gap);
    const y = tall ? top + at * (height + gap) : top;
    return part(at + 1, 'rise', ...panel(request, item, { x, y, width, height }, [at, valued]));
  });
};

function panel(
  { look, frame }: FigureLayoutRequest,
  { label, shown, text }: ShapedItem,
  box: Box,
  [at, valued]: [number, boolean],
): Element[] {
  const { unit } = frame;
  const { palette } = look;
  const stripe = at === 0 ? palette.accent : palette.spark;
  const ground = [
    `<rect width="${px(box.width)}" height="${px(box.height)}" rx="${px(1.6 * unit)}" fill="${palette.tones[1]}"/>`,
    `<rect x="${px(PADDING * unit)}" width="${px(11 * unit)}" height="${px(1.1 * unit)}" fill="${stripe}"/>`,
  ].join('');
  const inner = box.width - 2 * PADDING * unit;
  const free = box.height - 2 * PADDING * unit;
  const words = [
    { fitted: line(label, inner, [free * 0.3, 5.6 * unit, 3.8 * unit, 2]), colour: 'ink' },
    {
      fitted: valued ? line(shown, inner, [free * 0.5, 15 * unit, 6 * unit, 1]) : undefined,
      colour: 'accent',
    },
    { fitted: line(text, inner, [free * 0.4, 4.4 * unit, 3.4 * unit, 4]), colour: 'muted' },
  ] as const;
  const set = words.filter(({ fitted }) => fitted !== undefined);
  const heights = set.reduce((sum, { fitted }) => sum + (fitted?.height ?? 0), 0);
  const gap = Math.min(3.4 * unit, Math.max(unit, (free - heights) / Math.max(1, set.length)));
  let y = box.y + (box.height - heights - gap * (set.length - 1)) / 2;
  const elements: Element[] = [shapeIn(box, ground)];
  for (const { fitted, colour } of set) {
    if (!fitted) continue;
    elements.push(textAt(fitted, { x: box.x + PADDING * unit, y, width: inner }, { colour }));
    y += fitted.height + gap;
  }
  return elements;
}

function line(
  shaped: ShapedText | undefined,
  width: number,
  [height, maxSize, minSize, maxLines]: [number, number, number, number],
): FittedText | undefined {
  const room: Room = { width, height, maxSize, minSize, maxLines, leading: 1.22 };
  return shaped && fitText(shaped, room);
}
