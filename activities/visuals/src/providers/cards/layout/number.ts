import {
  type Box,
  centred,
  type Element,
  type FittedText,
  fitText,
  type ShapedText,
  textAt as text,
} from '@aura/drawing';
import type { ShapedContent } from './shaped-content.js';
import type { LayoutRequest } from './layout.js';

/** A figure that fills the card, its unit beside it or below, and what it counts. */
export function numberLayout({ texts, frame, room }: LayoutRequest): Element[] {
  const { unit } = frame;
  const wide = frame.shape === 'wide';
  const caption =
    texts.heading &&
    fitText(texts.heading, {
      width: room.width * (wide ? 0.74 : 1),
      height: room.height * 0.36,
      maxSize: (wide ? 6.4 : 7.4) * unit,
      minSize: 5.2 * unit,
      maxLines: wide ? 2 : 4,
      leading: 1.26,
    });
  const captionHeight = caption ? caption.height + 5 * unit : 0;
  const head = figureElements(texts, { ...room, height: room.height - captionHeight }, unit);
  const elements = [...head.elements];
  let y = room.y + head.height;
  if (caption) {
    if (elements.length > 0) y += 5 * unit;
    elements.push(text(caption, { x: room.x, y, width: room.width }));
    y += caption.height;
  }
  return centred(elements, room, y - room.y);
}

/** The figure as large as the height allows with its unit beside it, or smaller above its unit. */
function figureElements({ figure, unit: name }: ShapedContent, room: Box, unit: number) {
  const place = { x: room.x, y: room.y, width: room.width };
  const look = { role: 'heading', colour: 'accent' } as const;
  if (!figure) {
    if (!name) return { elements: [], height: 0 };
    const alone = unitText(name, room.width, room.height, unit);
    return { elements: [text(alone, place, { role: 'heading' })], height: alone.height };
  }
  const large = figureText(figure, room.width, room.height, unit);
  if (!name) return { elements: [text(large, place, look)], height: large.height };
  const beside = besideFigure(name, large, room.width, unit);
  if (beside) {
    const x = room.x + large.width + 3 * unit;
    const y = room.y + baseline(large) - baseline(beside);
    const named = text(beside, { x, y, width: beside.width }, { role: 'heading' });
    return { elements: [text(large, place, look), named], height: large.height };
  }
  const gap = 4.4 * unit;
  const below = unitText(name, room.width, room.height * 0.3, unit);
  const above = figureText(figure, room.width, room.height - below.height - gap, unit);
  const y = room.y + above.height + gap;
  return {
    elements: [text(above, place, look), text(below, { ...place, y }, { role: 'heading' })],
    height: above.height + gap + below.height,
  };
}

function figureText(figure: ShapedText, width: number, height: number, unit: number): FittedText {
  return fitText(figure, {
    width,
    height,
    maxSize: 42 * unit,
    minSize: 7 * unit,
    maxLines: 1,
    leading: 1,
  });
}

/** The unit on the figure's own baseline, where it finds room at a good size. */
function besideFigure(
  shaped: ShapedText,
  figure: FittedText,
  width: number,
  unit: number,
): FittedText | undefined {
  const free = width - figure.width - 3 * unit;
  if (free < 12 * unit) return undefined;
  const fitted = fitText(shaped, {
    width: free,
    height: figure.height,
    maxSize: 10 * unit,
    minSize: 6.4 * unit,
    maxLines: 1,
    leading: 1,
  });
  const isBelowFigure =
    baseline(figure) - baseline(fitted) + fitted.height > figure.height + 2 * unit;
  return fitted.truncated || isBelowFigure ? undefined : fitted;
}

function unitText(shaped: ShapedText, width: number, height: number, unit: number): FittedText {
  return fitText(shaped, {
    width,
    height,
    maxSize: 9 * unit,
    minSize: 5.2 * unit,
    maxLines: 2,
    leading: 1.15,
  });
}

function baseline({ lines }: FittedText): number {
  return lines.at(-1)?.baseline ?? 0;
}
