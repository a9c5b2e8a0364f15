import type { Box } from '../look/canvas.js';
import { CAPTIONS_FROM, frameShape, type FrameShape } from '../look/caption-zone.js';

/** A figure's measures, px of the frame. */
export interface FigureFrame {
  widthPx: number;
  heightPx: number;
  /** One hundredth of the frame's short side. */
  unit: number;
  shape: FrameShape;
  /** Where data and text may stand: clear of captions and edges. */
  safe: Box;
}

/** Distances from the sides and from the top, as shares of the frame's width and height. */
const SIDE = { wide: 0.088, square: 0.08, tall: 0.09 } as const;
const TOP = { wide: 0.08, square: 0.08, tall: 0.1 } as const;
/** Above the captions, in units. */
const ABOVE_CAPTIONS = 2.4;

/** Pure. */
export function figureFrame(widthPx: number, heightPx: number): FigureFrame {
  const unit = Math.min(widthPx, heightPx) / 100;
  const shape = frameShape(widthPx, heightPx);
  const x = widthPx * SIDE[shape];
  const y = heightPx * TOP[shape];
  const bottom = heightPx * CAPTIONS_FROM[shape] - ABOVE_CAPTIONS * unit;
  return {
    widthPx,
    heightPx,
    unit,
    shape,
    safe: { x, y, width: widthPx - 2 * x, height: bottom - y },
  };
}
