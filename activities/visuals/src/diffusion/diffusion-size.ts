import type { RenderSpec } from '@aura/proto';
import type { PictureSize } from '../pictures/picture-size.js';

/** What these models were trained on: sides in steps of 64 pixels. */
const STEP_PX = 64;

/**
 * The size that a model is asked for: of the frame's shape, of about so many pixels as it was trained on. Asking for
 * more gives the same motif several times over; the picture is enlarged afterwards instead. Pure.
 */
export function diffusionSize(
  { widthPx, heightPx }: Pick<RenderSpec, 'widthPx' | 'heightPx'>,
  megapixels: number,
): PictureSize {
  const scale = Math.sqrt((megapixels * 1_048_576) / (widthPx * heightPx));
  return { widthPx: stepped(widthPx * scale), heightPx: stepped(heightPx * scale) };
}

function stepped(px: number): number {
  return Math.max(STEP_PX * 4, Math.round(px / STEP_PX) * STEP_PX);
}
