import { mix } from '../look/contrast.js';
import type { Box } from '../look/canvas.js';
import type { Palette } from '../look/palettes.js';
import { shapeIn, type ShapeElement } from './elements.js';

/** Up to this many scenes have a segment each; longer films have one bar that fills. */
const MAX_SEGMENTS = 12;

/** Where in the film the scene is: a small row of segments in the upper corner, without words. */
export function progressMark(
  { number, count }: { number: number; count: number },
  { safe, unit }: { safe: Box; unit: number },
  palette: Palette,
): ShapeElement {
  const height = 0.7 * unit;
  const rest = mix(palette.ground[1], palette.muted, 0.34);
  const bar = (x: number, width: number, colour: string) =>
    `<rect x="${x}" width="${width}" height="${height}" rx="${height / 2}" fill="${colour}"/>`;
  if (count <= MAX_SEGMENTS) {
    const [segment, gap] = [3 * unit, 0.9 * unit];
    const drawn = Array.from({ length: count }, (_, at) =>
      bar(at * (segment + gap), segment, at < number ? palette.accent : rest),
    );
    const width = count * (segment + gap) - gap;
    return shapeIn({ x: safe.x, y: safe.y, width, height }, drawn.join(''));
  }
  const width = 34 * unit;
  const done = Math.max(height, (width * Math.min(number, count)) / count);
  return shapeIn(
    { x: safe.x, y: safe.y, width, height },
    bar(0, width, rest) + bar(0, done, palette.accent),
  );
}
