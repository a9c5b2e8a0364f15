import type { RenderSpec } from '@aura/proto';
import { safeAreaOf } from './safe-area.js';
import type { TextWidth } from './text-width.js';

/** Where captions may stand in the frame, how large they are, and how much a line may hold. */
export interface CaptionLayout {
  /** Height of an em. */
  emPx: number;
  leftMarginPx: number;
  rightMarginPx: number;
  /** From the upper edge of the frame to the upper edge of the text. */
  topMarginPx: number;
  /** From the lower edge of the frame to the lower edge of the text. */
  bottomMarginPx: number;
  /** Around the text, inside the box behind it. */
  paddingPx: number;
  maxLine: TextWidth;
}

/** Broadcasters' limit for a line of a caption. */
export const MAX_CHARACTERS = 42;

/**
 * Captions by the frame's shape and by what the platform lays over it. Text is 4.8 % of the height in landscape and
 * larger against the narrow width of upright frames, where it is read at arm's length. Looks do not change how much
 * a line holds: the same film has the same captions in all of them.
 */
export function captionLayout(
  render: Pick<RenderSpec, 'widthPx' | 'heightPx' | 'platform'>,
): CaptionLayout {
  const { widthPx, heightPx } = render;
  const safe = safeAreaOf(render);
  const upright = heightPx > widthPx;
  const emPx = upright ? widthPx * 0.056 : Math.min(heightPx * 0.048, widthPx * 0.048);
  const paddingPx = emPx * 0.3;
  // A platform's edges hold for the box behind the text and for outlines too.
  const insetPx = render.platform === undefined ? 0 : paddingPx;
  const leftMarginPx = Math.round(widthPx * safe.left + insetPx);
  const rightMarginPx = Math.round(widthPx * safe.right + insetPx);
  const boxPx = 2 * (paddingPx - insetPx);
  return {
    emPx,
    leftMarginPx,
    rightMarginPx,
    topMarginPx: Math.round(heightPx * safe.top + insetPx),
    bottomMarginPx: Math.round(heightPx * safe.bottom + insetPx),
    paddingPx,
    maxLine: {
      units: MAX_CHARACTERS,
      ems: (widthPx - leftMarginPx - rightMarginPx - boxPx) / emPx,
    },
  };
}
