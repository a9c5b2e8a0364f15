import type { RenderSpec } from '@aura/proto';
import { pictureSize } from '../../../pictures/picture-size.js';
import type { Box } from '@aura/drawing';

/** A card's measures, px of the picture. */
export interface CardFrame {
  width: number;
  height: number;
  frameWidth: number;
  frameHeight: number;
  /** One hundredth of the frame's short side. */
  unit: number;
  shape: 'wide' | 'square' | 'tall';
  /** Where text and progress may stand: seen at every moment of the motion, clear of captions and edges. */
  safe: Box;
}

/** Body text is at least this share of the frame's short side; headings are larger. */
export const MIN_BODY_SHARE = 0.04;

/** Captions are burned in between these shares of the frame's height. */
export const CAPTIONS_FROM = { wide: 0.78, square: 0.78, tall: 0.62 } as const;
export const CAPTIONS_TO = { wide: 1, square: 1, tall: 0.8 } as const;

/** Distance of text from the edges and captions, in units. */
const MARGIN = 3.6;

/** Pure. Text stays inside what the frame shows wherever it moves to. */
export function cardFrame({
  widthPx,
  heightPx,
}: Pick<RenderSpec, 'widthPx' | 'heightPx'>): CardFrame {
  const { widthPx: width, heightPx: height } = pictureSize({ widthPx, heightPx });
  const unit = Math.min(widthPx, heightPx) / 100;
  const shape = heightPx > widthPx * 1.5 ? 'tall' : widthPx > heightPx * 1.2 ? 'wide' : 'square';
  // A frame that stands at the left edge of the picture ends at widthPx, one at the right edge begins
  // at width − widthPx: what lies between the two is always seen. With captions it is the same downwards.
  const left = width - widthPx + MARGIN * unit;
  const top = height - heightPx + MARGIN * unit;
  const right = widthPx - MARGIN * unit;
  const bottom = heightPx * CAPTIONS_FROM[shape] - 0.6 * MARGIN * unit;
  return {
    width,
    height,
    frameWidth: widthPx,
    frameHeight: heightPx,
    unit,
    shape,
    safe: { x: left, y: top, width: right - left, height: bottom - top },
  };
}
