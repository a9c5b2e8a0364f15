import { px, type Box } from '../look/canvas.js';
import type { Palette } from '../look/palettes.js';
import type { FittedText } from '../type/fit-text.js';
import { textSvg, type TextPlace } from '../type/text-svg.js';

/** A text where it stands. `role` decides how small it may be. */
export interface TextElement {
  type: 'text';
  role: 'heading' | 'body';
  fitted: FittedText;
  place: TextPlace;
  /** `ground` stands on shapes in the accent colour only. */
  colour: 'ink' | 'muted' | 'accent' | 'ground';
}

/** A drawing in a box; `svg` has its origin in the box's upper left corner. */
export interface ShapeElement {
  type: 'shape';
  box: Box;
  svg: string;
}

export type Element = TextElement | ShapeElement;

/** Sets a text where it is to stand. */
export function textAt(
  fitted: FittedText,
  at: { x: number; y: number; width: number },
  look: Partial<Pick<TextElement, 'role' | 'colour'>> & { align?: TextPlace['align'] } = {},
): TextElement {
  const { role = 'body', colour = 'ink', align = 'start' } = look;
  return { type: 'text', role, fitted, place: { ...at, align }, colour };
}

export function shapeIn(box: Box, svg: string): ShapeElement {
  return { type: 'shape', box, svg };
}

/** An element as SVG in the picture's own coordinates: outlines and numbers only. */
export function elementSvg(element: Element, palette: Palette): string {
  if (element.type === 'shape') {
    const { x, y } = element.box;
    return `<g transform="translate(${px(x)} ${px(y)})">${element.svg}</g>`;
  }
  const { fitted, place, colour } = element;
  return textSvg(fitted, place, {
    colour: colourOf(colour, palette),
    stress: palette.accent,
  });
}

export function colourOf(colour: TextElement['colour'], palette: Palette): string {
  return colour === 'ground' ? palette.ground[0] : palette[colour];
}

/** The short bar that closes a heading. */
export function accentBar(colour: string, unit: number) {
  const [width, height] = [11 * unit, 1.1 * unit];
  const svg = `<rect width="${width}" height="${height}" rx="${height / 2}" fill="${colour}"/>`;
  return { width, height, svg };
}

/** The box of a text's ink, whatever its alignment. */
export function inkBox({ fitted, place }: TextElement): Box {
  const spare = place.width - fitted.width;
  const shift = { start: 0, center: spare / 2, end: spare }[place.align];
  return { x: place.x + shift, y: place.y, width: fitted.width, height: fitted.height };
}

/** The same card for readers who begin at the right edge. Shapes keep their own direction. */
export function mirrored(elements: Element[], pictureWidth: number): Element[] {
  return elements.map((element) => {
    if (element.type === 'shape') {
      const { box } = element;
      return { ...element, box: { ...box, x: pictureWidth - box.x - box.width } };
    }
    const { place } = element;
    const align = place.align === 'start' ? 'end' : place.align === 'end' ? 'start' : 'center';
    return { ...element, place: { ...place, x: pictureWidth - place.x - place.width, align } };
  });
}

/** Moves elements down so that they stand in the middle of a height, a little above it where `lift` is given. */
export function centred(elements: Element[], room: Box, contentHeight: number): Element[] {
  const shift = Math.max(0, room.height - contentHeight) * 0.46;
  return elements.map((element) =>
    element.type === 'shape'
      ? { ...element, box: { ...element.box, y: element.box.y + shift } }
      : { ...element, place: { ...element.place, y: element.place.y + shift } },
  );
}
