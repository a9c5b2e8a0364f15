import type { FittedText } from './fit-text.js';

export interface TextPaint {
  colour: string;
  /** Colour of stressed words. */
  stress: string;
}

/** Where a text's box stands in the picture, px. */
export interface TextPlace {
  x: number;
  y: number;
  /** Width that lines are aligned in. */
  width: number;
  align: 'start' | 'center' | 'end';
}

/**
 * A text as SVG outlines: numbers only, so that nothing in the text can become markup and the picture
 * needs no font. Lines are aligned by their ink, not by their side bearings.
 */
export function textSvg(text: FittedText, place: TextPlace, paint: TextPaint): string {
  return text.lines
    .map((line) => {
      const left = lineLeft(line.ink, text.size, place);
      const originX = left - line.ink.left * text.size;
      const originY = place.y + line.baseline;
      return line.glyphs
        .map(({ face, id, x, y, stressed }) => {
          const outline = face.outline(id);
          if (outline === '') return '';
          const scale = text.size / face.unitsPerEm;
          const at = `${round(originX + x * text.size)} ${round(originY - y * text.size)}`;
          const fill = stressed ? paint.stress : paint.colour;
          const bolder =
            face.stroke > 0
              ? ` stroke="${fill}" stroke-width="${face.stroke * face.unitsPerEm}"`
              : '';
          return `<path fill="${fill}"${bolder} transform="translate(${at}) scale(${precise(scale)} ${precise(-scale)})" d="${outline}"/>`;
        })
        .join('');
    })
    .join('\n');
}

/** Left edge of a line's ink, px. `start` is left here: cards that read from the right are mirrored by their places. */
export function lineLeft(
  ink: { left: number; right: number },
  size: number,
  place: TextPlace,
): number {
  const spare = place.width - (ink.right - ink.left) * size;
  if (place.align === 'center') return place.x + spare / 2;
  return place.align === 'end' ? place.x + spare : place.x;
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function precise(value: number): string {
  return value.toFixed(6);
}
