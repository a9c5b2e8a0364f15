/** Captions are burned in between these shares of the frame's height. */
export const CAPTIONS_FROM = { wide: 0.78, square: 0.78, tall: 0.62 } as const;
export const CAPTIONS_TO = { wide: 1, square: 1, tall: 0.8 } as const;

export type FrameShape = keyof typeof CAPTIONS_FROM;

/** Pure. */
export function frameShape(widthPx: number, heightPx: number): FrameShape {
  if (heightPx > widthPx * 1.5) return 'tall';
  return widthPx > heightPx * 1.2 ? 'wide' : 'square';
}
