import { shapeIn, textAt, type Element } from '../../layout/elements.js';
import { circle, px, type Box } from '../../look/canvas.js';
import { mix } from '../../look/contrast.js';
import { fitText, type FittedText } from '../../type/fit-text.js';
import type { ShapedText } from '../../type/shaped-text.js';
import { part, type FigurePart } from '../figure-parts.js';
import { shareOf } from '../scale.js';
import type { FigureLayout, FigureLayoutRequest } from './figure-layout.js';

/** Values from left to right, whatever the language: a line over a scale of round steps, and the last value named. */
export const lineLayout: FigureLayout = (request) => {
  const plot = plotOf(request);
  const { items } = request.content;
  const points = items.map(({ value }, at): Point => {
    const x = plot.x + (items.length > 1 ? (at / (items.length - 1)) * plot.width : plot.width / 2);
    return { x, y: yOf(value, request, plot) };
  });
  return [...grid(request, plot), names(request, plot, points), ...line(request, plot, points)].map(
    (one) => ({ ...one, fixed: true }),
  );
};

/** So many steps after it has begun the line has reached its last value. */
const LINE_STEPS = 5;

interface Point {
  x: number;
  y: number;
}

/** In units. */
const LABEL = 3.9;
const MIN_PITCH = 5.4;

function plotOf({ texts, frame, room }: FigureLayoutRequest): Box {
  const { unit } = frame;
  const ticks = texts.ticks.map(({ shown }) => small(shown, unit).width);
  const left = Math.max(0, ...ticks) + 2.4 * unit;
  const last = texts.items.at(-1)?.shown;
  const right = Math.max(4 * unit, (last ? valueText(last, unit).width : 0) / 2 + unit);
  const [top, bottom] = [7 * unit, 8 * unit];
  return {
    x: room.x + left,
    y: room.y + top,
    width: room.width - left - right,
    height: room.height - top - bottom,
  };
}

function grid({ texts, frame, room, look, scale }: FigureLayoutRequest, plot: Box): FigurePart[] {
  const { unit } = frame;
  const thick = 0.28 * unit;
  const colour = mix(look.palette.ground[1], look.palette.muted, 0.3);
  const pitch = plot.height / Math.max(1, texts.ticks.length - 1);
  const stride = Math.max(1, Math.ceil((MIN_PITCH * unit) / pitch));
  const shownTicks = texts.ticks.filter((_, at) => at % stride === 0);
  const elements = shownTicks.flatMap(({ value, shown }): Element[] => {
    const y = plot.y + (1 - shareOf(value, scale)) * plot.height;
    const svg = `<rect width="${px(plot.width)}" height="${px(thick)}" fill="${colour}"/>`;
    const fitted = small(shown, unit);
    const place = { x: room.x, y: y - fitted.height / 2, width: plot.x - room.x - 1.8 * unit };
    return [
      shapeIn({ x: plot.x, y: y - thick / 2, width: plot.width, height: thick }, svg),
      textAt(fitted, place, { align: 'end', colour: 'muted' }),
    ];
  });
  return [part(0, 'fade', ...elements)];
}

/** Below the plot: every name, or every second or third from the last one back, as they stand clear of each other. */
function names({ texts, frame }: FigureLayoutRequest, plot: Box, points: Point[]): FigurePart {
  const { unit } = frame;
  const right = plot.x + plot.width + 4 * unit;
  const all = texts.items.map(({ label }, at) => {
    const fitted = label && small(label, unit);
    const point = points[at];
    if (!fitted || !point) return undefined;
    const wanted = Math.min(point.x - fitted.width / 2, right - fitted.width);
    return { fitted, x: Math.max(plot.x - 4 * unit, wanted) };
  });
  const y = plot.y + plot.height + 2.6 * unit;
  const elements = spaced(all, 2.4 * unit).map(({ fitted, x }) =>
    textAt(fitted, { x, y, width: fitted.width + 1 }, { colour: 'muted' }),
  );
  return part(0, 'fade', ...elements);
}

interface Name {
  fitted: FittedText;
  x: number;
}

function spaced(all: (Name | undefined)[], gap: number): Name[] {
  for (let stride = 1; stride < all.length; stride++) {
    const kept = all.filter((_, at) => (all.length - 1 - at) % stride === 0);
    const drawn = kept.filter((one) => one !== undefined);
    const isClear = drawn.every((one, at) => {
      const next = drawn[at + 1];
      return !next || one.x + one.fitted.width + gap <= next.x;
    });
    if (isClear) return drawn;
  }
  return all.filter((one) => one !== undefined).slice(-1);
}

function line(request: FigureLayoutRequest, plot: Box, points: Point[]): FigurePart[] {
  const { frame, look, texts } = request;
  const { unit } = frame;
  const { accent } = look.palette;
  const around = 1.6 * unit;
  const box = {
    x: plot.x - around,
    y: plot.y - around,
    width: plot.width + 2 * around,
    height: plot.height + 2 * around,
  };
  const local = points.map(({ x, y }) => `${px(x - box.x)} ${px(y - box.y)}`);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const base = px(plot.y + plot.height - box.y);
  const area = `M${px(first.x - box.x)} ${base}L${local.join('L')}L${px(last.x - box.x)} ${base}z`;
  const svg = [
    `<path d="${area}" fill="${accent}" fill-opacity="0.16"/>`,
    `<path d="M${local.join('L')}" fill="none" stroke="${accent}" stroke-width="${px(unit)}" stroke-linejoin="round" stroke-linecap="round"/>`,
    ...points.map(({ x, y }) => circle(x - box.x, y - box.y, 0.95 * unit, `fill="${accent}"`)),
  ].join('');
  const named = texts.items.at(-1)?.shown;
  const value = named && valueText(named, unit);
  const place = value && {
    x: last.x - value.width / 2,
    y: Math.max(request.room.y, last.y - value.height - 2.6 * unit),
    width: value.width + 1,
  };
  return [
    part(1, 'grow-from-left', shapeIn(box, svg)),
    ...(value && place
      ? [part(LINE_STEPS, 'rise', textAt(value, place, { colour: 'accent' }))]
      : []),
  ];
}

function yOf(value: number, { scale }: FigureLayoutRequest, plot: Box): number {
  return plot.y + (1 - shareOf(value, scale)) * plot.height;
}

function small(shaped: ShapedText, unit: number): FittedText {
  return oneLine(shaped, LABEL * unit, 26 * unit);
}

function valueText(shaped: ShapedText, unit: number): FittedText {
  return oneLine(shaped, 6 * unit, 40 * unit);
}

function oneLine(shaped: ShapedText, size: number, width: number): FittedText {
  return fitText(shaped, {
    width,
    height: size * 2,
    maxSize: size,
    minSize: size * 0.85,
    maxLines: 1,
    leading: 1,
  });
}
