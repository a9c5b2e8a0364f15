import { shapeIn, textAt } from '../../layout/elements.js';
import { px } from '../../look/canvas.js';
import { fitText, type FittedText } from '../../type/fit-text.js';
import type { ShapedText } from '../../type/shaped-text.js';
import { centredParts, part, type FigurePart } from '../figure-parts.js';
import { shareOf } from '../scale.js';
import type { FigureLayout, FigureLayoutRequest } from './figure-layout.js';

interface Measures {
  /** Where bars begin and end, px. */
  left: number;
  right: number;
  rowHeight: number;
  thick: number;
  labels: (FittedText | undefined)[];
  values: (FittedText | undefined)[];
  /** Labels stand above their bars. */
  above: boolean;
}

/** So many steps after a bar has begun it is as long as it gets. */
const BAR_STEPS = 3;

/** The lowest row in which a name stands above its bar, in units. */
const MIN_ROW = 9.5;

/** Lying bars on one scale from zero, the longest in the film's accent, each with its name and its value. */
export const barsLayout: FigureLayout = (request) => {
  const { content, frame, room } = request;
  const measures = measured(request);
  const values = content.items.map(({ value }) => value);
  const scale = { from: Math.min(0, ...values), to: Math.max(0, ...values), ticks: [] };
  const { left, right } = measures;
  const xOf = (value: number) => left + shareOf(value, scale) * (right - left);
  const greatest = Math.max(...values.map(Math.abs));
  const parts = values.flatMap((value, at): FigurePart[] => {
    const y = room.y + at * measures.rowHeight;
    const label = measures.labels[at];
    const inBar = measures.rowHeight - measures.thick - 2.2 * frame.unit;
    const barY = measures.above ? y + inBar : y + (measures.rowHeight - measures.thick) / 2;
    const labelY = measures.above
      ? barY - (label?.height ?? 0) - 1.5 * frame.unit
      : y + (measures.rowHeight - (label?.height ?? 0)) / 2;
    const labelWidth = measures.above ? room.width : left - room.x - 2.4 * frame.unit;
    const step = at + 1;
    return [
      part(step, 'fade', label && textAt(label, { x: room.x, y: labelY, width: labelWidth })),
      ...bar(request, step, { from: xOf(0), to: xOf(value), y: barY, thick: measures.thick }, [
        Math.abs(value) === greatest,
        value < 0,
      ]),
      ...valueAt(measures.values[at], step, Math.max(xOf(0), xOf(value)) + 1.8 * frame.unit, [
        barY,
        measures.thick,
      ]),
    ].filter(({ states }) => states[0].length > 0);
  });
  return centredParts(parts, room, measures.rowHeight * values.length);
};

function bar(
  { look, frame }: FigureLayoutRequest,
  step: number,
  { from, to, y, thick }: { from: number; to: number; y: number; thick: number },
  [isGreatest, isNegative]: [boolean, boolean],
): FigurePart[] {
  const width = Math.max(Math.abs(to - from), frame.unit * 0.5);
  const colour = isGreatest ? look.palette.accent : look.palette.spark;
  const round = Math.min(thick * 0.22, width / 2);
  const svg = `<rect width="${px(width)}" height="${px(thick)}" rx="${px(round)}" fill="${colour}"/>`;
  const box = { x: isNegative ? from - width : from, y, width, height: thick };
  return [part(step, isNegative ? 'grow-from-right' : 'grow-from-left', shapeIn(box, svg))];
}

function valueAt(
  shown: FittedText | undefined,
  step: number,
  x: number,
  [y, thick]: [number, number],
): FigurePart[] {
  if (!shown) return [];
  const place = { x, y: y + (thick - shown.height) / 2, width: shown.width + 1 };
  return [part(step + BAR_STEPS, 'fade', textAt(shown, place, { colour: 'ink' }))];
}

function measured({ texts, frame, room }: FigureLayoutRequest): Measures {
  const { unit } = frame;
  const count = Math.max(1, texts.items.length);
  // Above their bars names have all the width; where rows get too low for that they stand beside them.
  const above = frame.shape !== 'wide' && room.height / count >= MIN_ROW * unit;
  const rowHeight = Math.min(room.height / count, (above ? 17 : 12) * unit);
  const size = Math.min((above ? 4.8 : 5) * unit, rowHeight * (above ? 0.32 : 0.5));
  const labelWidth = above ? room.width : room.width * (frame.shape === 'wide' ? 0.32 : 0.4);
  const labels = texts.items.map(({ label }) =>
    fitted(label, labelWidth, size, above ? 1 : rowHeight > size * 2.7 ? 2 : 1),
  );
  const values = texts.items.map(({ shown }) => fitted(shown, room.width * 0.3, size, 1));
  const widest = Math.max(0, ...values.map((value) => value?.width ?? 0));
  const names = Math.max(0, ...labels.map((label) => label?.width ?? 0));
  return {
    left: above ? room.x : room.x + names + (names > 0 ? 2.4 * unit : 0),
    right: room.x + room.width - widest - 2 * unit,
    rowHeight,
    thick: Math.min(rowHeight * (above ? 0.34 : 0.52), 5.4 * unit),
    labels,
    values,
    above,
  };
}

function fitted(
  shaped: ShapedText | undefined,
  width: number,
  size: number,
  maxLines: number,
): FittedText | undefined {
  return (
    shaped &&
    fitText(shaped, {
      width,
      height: size * 3,
      maxSize: size,
      minSize: size * 0.82,
      maxLines,
      leading: 1.15,
    })
  );
}
