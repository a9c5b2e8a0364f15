import { OVERSCAN } from '@aura/timeline';
import type { Size } from '../size.js';

/** The size that pictures of scenes come in. */
export function stillSize({ widthPx, heightPx }: Size): Size {
  return { widthPx: overscanned(widthPx), heightPx: overscanned(heightPx) };
}

function overscanned(px: number): number {
  return 2 * Math.ceil((px * OVERSCAN) / 2);
}
