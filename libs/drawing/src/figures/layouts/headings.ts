import { fitText } from '../../type/fit-text.js';
import { shapeIn, textAt } from '../../layout/elements.js';
import type { Box } from '../../look/canvas.js';
import type { FilmLook } from '../../look/film-look.js';
import type { FigureFrame } from '../figure-frame.js';
import { part, type FigurePart } from '../figure-parts.js';
import type { ShapedFigure } from '../shape-figure.js';

/** In units. */
const MAX_TITLE = { wide: 7.2, square: 6.4, tall: 7.6 } as const;

export interface Headed {
  parts: FigurePart[];
  room: Box;
}

/** The title with the unit below it, and the source at the foot; what is left between them is `room`. Pure. */
export function headings(
  { title, unit, source }: ShapedFigure,
  { safe, unit: hundredth, shape }: FigureFrame,
  { palette }: FilmLook,
): Headed {
  const parts: FigurePart[] = [];
  let { y } = safe;
  let bottom = safe.y + safe.height;
  if (title) {
    const fitted = fitText(title, {
      width: safe.width * (shape === 'wide' ? 0.86 : 1),
      height: safe.height * 0.26,
      maxSize: MAX_TITLE[shape] * hundredth,
      minSize: 4.8 * hundredth,
      maxLines: shape === 'tall' ? 3 : 2,
      leading: 1.14,
    });
    const place = { x: safe.x, y, width: safe.width };
    parts.push(part(0, 'rise', textAt(fitted, place, { role: 'heading' })));
    y += fitted.height + 3 * hundredth;
  }
  if (unit) {
    const fitted = fitText(unit, line(safe.width, 4.4 * hundredth));
    const place = { x: safe.x, y: y + hundredth * 0.6, width: safe.width };
    parts.push(part(0, 'fade', textAt(fitted, place, { colour: 'muted' })));
    y += fitted.height + 3 * hundredth;
  }
  if (source) {
    const fitted = fitText(source, line(safe.width - 5 * hundredth, 3.6 * hundredth));
    bottom -= fitted.height;
    const place = { x: safe.x + 5 * hundredth, y: bottom, width: safe.width - 5 * hundredth };
    const [width, height] = [3.4 * hundredth, 0.45 * hundredth];
    const dash = shapeIn(
      { x: safe.x, y: bottom + fitted.height / 2 - height / 2, width, height },
      `<rect width="${width}" height="${height}" fill="${palette.accent}"/>`,
    );
    parts.push(part(1, 'fade', dash, textAt(fitted, place, { colour: 'muted' })));
    bottom -= 2.6 * hundredth;
  }
  const top = y + (title ? 2.4 * hundredth : 0);
  return { parts, room: { x: safe.x, y: top, width: safe.width, height: bottom - top } };
}

function line(width: number, size: number) {
  return { width, height: size * 2, maxSize: size, minSize: size * 0.9, maxLines: 1, leading: 1.2 };
}
