import { px, rgbaOf } from '@aura/drawing';
import type { Overlay } from '@aura/proto';
import { colourOr, shortSide, type OverlayDrawing, type OverlayFrame } from './overlay-piece.js';

/** Thickness where nobody says another, as a share of the frame's short side. */
const THICK = 0.009;
const REST_OPACITY = 0.24;

/** A bar that fills over the overlay's own time, from the side that lines begin at. */
export async function progressBar(
  overlay: Overlay,
  frame: OverlayFrame,
  isRightToLeft: boolean,
): Promise<OverlayDrawing> {
  const margin = 2 * (overlay.place?.margin ?? 0) * shortSide(frame);
  const widthPx = Math.max(2, Math.round((overlay.place?.width || 1) * (frame.widthPx - margin)));
  const heightPx = Math.max(2, Math.round((overlay.border || THICK) * shortSide(frame)));
  const colour = colourOr(overlay.colour, '#ffffff');
  const radius = Math.min(heightPx / 2, (overlay.radius ?? 0) * shortSide(frame));
  const bar = async (opacity: number) => ({
    widthPx,
    heightPx,
    rgba: await rgbaOf(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">` +
        `<rect width="${widthPx}" height="${heightPx}" rx="${px(radius)}" fill="${colour}" fill-opacity="${opacity}"/></svg>`,
    ),
  });
  const { start, frames } = overlay;
  const share = [
    { frame: start, value: 0 },
    { frame: start + frames, value: 1 },
  ];
  return {
    widthPx,
    heightPx,
    pieces: [
      { sprites: [await bar(REST_OPACITY)], xPx: 0, yPx: 0 },
      {
        sprites: [await bar(1)],
        xPx: 0,
        yPx: 0,
        reveal: { edge: isRightToLeft ? 'right' : 'left', share },
      },
    ],
  };
}
