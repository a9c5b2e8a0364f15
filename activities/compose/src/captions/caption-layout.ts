import type { RenderSpec } from '@aura/proto';
import type { TextWidth } from './text-width.js';

/** Where captions stand in the frame, how large they are, and how much a line may hold. */
export interface CaptionLayout {
  /** Height of an em. */
  emPx: number;
  sideMarginPx: number;
  /** From the lower edge of the frame to the lower edge of the text. */
  bottomMarginPx: number;
  /** Around the text, inside the box behind it. */
  paddingPx: number;
  maxLine: TextWidth;
}

/** Broadcasters' limit for a line of a caption. */
export const MAX_CHARACTERS = 42;

/**
 * Captions by the frame's shape. Landscape: in the lower 8 %. Tall (9:16): around 70 % of the height,
 * because phone apps lay their own controls over the part below. Text is 4.8 % of the height in landscape
 * and larger against the narrow width of upright frames, where it is read at arm's length.
 */
export function captionLayout({
  widthPx,
  heightPx,
}: Pick<RenderSpec, 'widthPx' | 'heightPx'>): CaptionLayout {
  const upright = heightPx > widthPx;
  const tall = heightPx > widthPx * 1.5;
  const emPx = upright ? widthPx * 0.056 : Math.min(heightPx * 0.048, widthPx * 0.048);
  const sideMarginPx = Math.round(widthPx * 0.06);
  const paddingPx = emPx * 0.3;
  return {
    emPx,
    sideMarginPx,
    bottomMarginPx: Math.round(heightPx * (tall ? 0.26 : 0.08)),
    paddingPx,
    maxLine: {
      units: MAX_CHARACTERS,
      ems: (widthPx - 2 * sideMarginPx - 2 * paddingPx) / emPx,
    },
  };
}
