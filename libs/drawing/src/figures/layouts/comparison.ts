import { shapeIn, textAt, type Element } from '../../layout/elements.js';
import { px, type Box } from '../../look/canvas.js';
import { fitText, type FittedText, type Room } from '../../type/fit-text.js';
import type { ShapedText } from '../../type/shaped-text.js';
import { part } from '../figure-parts.js';
import type { ShapedItem } from '../shape-figure.js';
import { labelHeight } from './fit-items.js';
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
  const inner = {
    width: width - 2 * PADDING * frame.unit,
    height: height - 2 * PADDING * frame.unit,
  };
  const beside = tall && valued ? { ...inner, width: inner.width * 0.56 } : inner;
  const set = texts.items.map((item) => wordsOf(item, beside, frame.unit, valued));
  if (tall && valued) {
    return set.map((words, at) => {
      const box = { x: room.x, y: top + at * (height + gap), width, height };
      return part(at + 1, 'rise', ...flatPanel(request, words, box, at));
    });
  }
  // What stands in one row of both panels begins at one height.
  const rows = [0, 1, 2].map((row) => Math.max(0, ...set.map((words) => heightOf(words[row]))));
  return set.map((words, at) => {
    const x = tall ? room.x : room.x + at * (width + gap);
    const y = tall ? top + at * (height + gap) : top;
    return part(at + 1, 'rise', ...panel(request, words, { x, y, width, height }, [at, rows]));
  });
};

interface PanelWords {
  fitted: FittedText | undefined;
  colour: 'ink' | 'accent' | 'muted';
}

function wordsOf(
  { label, shown, text }: ShapedItem,
  { width, height }: { width: number; height: number },
  unit: number,
  valued: boolean,
): PanelWords[] {
  const number = valued ? shown : undefined;
  return [
    { fitted: line(label, width, [height * 0.3, 5.6 * unit, 3.8 * unit, 2]), colour: 'ink' },
    { fitted: line(number, width, [height * 0.6, 15 * unit, 6 * unit, 1]), colour: 'accent' },
    { fitted: line(text, width, [height * 0.4, 4.4 * unit, 3.4 * unit, 4]), colour: 'muted' },
  ];
}

function panel(
  { look, frame }: FigureLayoutRequest,
  words: PanelWords[],
  box: Box,
  [at, rows]: [number, number[]],
): Element[] {
  const { unit } = frame;
  const { palette } = look;
  const stripe = at === 0 ? palette.accent : palette.spark;
  const ground = [
    `<rect width="${px(box.width)}" height="${px(box.height)}" rx="${px(1.6 * unit)}" fill="${palette.tones[1]}"/>`,
    `<rect x="${px(PADDING * unit)}" width="${px(11 * unit)}" height="${px(1.1 * unit)}" fill="${stripe}"/>`,
  ].join('');
  const inner = box.width - 2 * PADDING * unit;
  const used = rows.filter((height) => height > 0);
  const heights = used.reduce((sum, height) => sum + height, 0);
  const free = box.height - 2 * PADDING * unit - heights;
  const gap = Math.min(3.4 * unit, Math.max(unit, free / Math.max(1, used.length)));
  let y = box.y + (box.height - heights - gap * (used.length - 1)) / 2;
  const elements: Element[] = [shapeIn(box, ground)];
  for (const [row, { fitted, colour }] of words.entries()) {
    const height = rows[row] ?? 0;
    if (height === 0) continue;
    const place = { x: box.x + PADDING * unit, y, width: inner };
    if (fitted) elements.push(textAt(fitted, place, { colour }));
    y += height + gap;
  }
  return elements;
}

/** Where panels lie flat: the value at the end of the words, in the middle of the height. */
function flatPanel(
  request: FigureLayoutRequest,
  [label, number, text]: PanelWords[],
  box: Box,
  at: number,
): Element[] {
  const { unit } = request.frame;
  const words = [label, text].filter((one) => one !== undefined);
  const rows = words.map((one) => heightOf(one));
  const elements = panel(request, words, box, [at, rows]);
  if (!number?.fitted) return elements;
  const y = box.y + (box.height - number.fitted.height) / 2;
  const place = { x: box.x + PADDING * unit, y, width: box.width - 2 * PADDING * unit };
  return [...elements, textAt(number.fitted, place, { colour: number.colour, align: 'end' })];
}

/** With room for descenders, so that neither panel stands higher for lack of them. */
function heightOf(words: PanelWords | undefined): number {
  return words?.fitted ? labelHeight(words.fitted) : 0;
}

function line(
  shaped: ShapedText | undefined,
  width: number,
  [height, maxSize, minSize, maxLines]: [number, number, number, number],
): FittedText | undefined {
  const room: Room = { width, height, maxSize, minSize, maxLines, leading: 1.22 };
  return shaped && fitText(shaped, room);
}
