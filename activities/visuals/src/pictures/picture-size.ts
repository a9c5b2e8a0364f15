import type { RenderSpec } from '@aura/proto';

/**
 * How much larger than the frame a picture is, in both directions: the compose stage moves the frame
 * slowly inside it.
 */
export const OVERSCAN = 1.12;

export interface PictureSize {
  widthPx: number;
  heightPx: number;
}

/** The size of every finished picture, even in both directions, as encoders want it. Pure. */
export function pictureSize(frame: Pick<RenderSpec, 'widthPx' | 'heightPx'>): PictureSize {
  return { widthPx: even(frame.widthPx * OVERSCAN), heightPx: even(frame.heightPx * OVERSCAN) };
}

function even(value: number): number {
  return 2 * Math.ceil(value / 2);
}
