import { type Box, type FittedText, type Room, type ShapedText, fitText } from '@aura/drawing';

/** A heading's measures in units of the frame's short side. */
export interface HeadlineSize {
  max: number;
  min: number;
  maxLines: number;
  leading: number;
  /** Share of the room's width that a heading of ordinary length keeps to, so that shapes have their place. */
  column: number;
}

/** Below this share of the largest size, a heading takes the whole width instead of its column. */
const TOO_SMALL = 0.66;

/** Fits a heading into its column; a long one into the whole width. */
export function fitHeadline(
  shaped: ShapedText,
  room: Box,
  unit: number,
  size: HeadlineSize,
): FittedText {
  const whole: Room = {
    width: room.width,
    height: room.height,
    maxSize: size.max * unit,
    minSize: size.min * unit,
    maxLines: size.maxLines,
    leading: size.leading,
  };
  const narrow = fitText(shaped, { ...whole, width: room.width * size.column });
  if (!narrow.truncated && narrow.size >= whole.maxSize * TOO_SMALL) return narrow;
  return fitText(shaped, { ...whole, maxLines: size.maxLines + 1 });
}
