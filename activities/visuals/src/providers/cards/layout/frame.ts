import type { RenderSpec } from '@aura/proto';
import { pictureSize } from '../../../pictures/picture-size.js';
import { CAPTIONS_FROM, frameShape, type Box, type FrameShape } from '@aura/drawing';

/** A card's measures, px of the picture. */
export interface CardFrame {
  width: number;
  height: number;
  frameWidth: number;
  frameHeight: number;
  /** One hundredth of the frame's short side. */
  unit: number;
  shape: FrameShape;
  /** Where text and progress may stand: seen at every moment of the motion, clear of captions and edges. */
  safe: Box;
}

/** Body text is at least this share of the frame's short side; headings are larger. */
export const MIN_BODY_SHARE = 0.04;

/** Distance of text from the edges and captions, in units. */
const MARGIN = 3.6;

/** Pure. Text stays inside what the frame shows wherever it moves to. */
export function cardFrame({
  widthPx,
  heightPx,
}: Pick<RenderSpec, 'widthPx' | 'heightPx'>): CardFrame {
  const { widthPx: width, heightPx: height } = pictureSize({ widthPx, heightPx });
  const unit = Math.min(widthPx, heightPx) / 100;
  const shape = frameShape(widthPx, heightPx);
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
