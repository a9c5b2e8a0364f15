import {
  cleanText,
  fitText,
  shapeText,
  shorten,
  type FittedText,
  type FontLibrary,
} from '@aura/drawing';

export interface LinesRoom {
  width: number;
  /** Of the first line's em, px. */
  size: number;
  language: string;
  rtl: boolean;
  align: 'start' | 'center' | 'end';
}

/** The lines below the first one are smaller. */
const SECOND_SHARE = 0.72;
const MOST_LINES = 4;
const MOST_CHARACTERS = 160;

/** The lines of an overlay set one by one; those of which nothing can be drawn are left out. */
export async function setLines(
  lines: readonly string[],
  room: LinesRoom,
  fonts: FontLibrary,
): Promise<FittedText[]> {
  const set: FittedText[] = [];
  for (const line of lines.slice(0, MOST_LINES)) {
    const fitted = await setLine(line, { ...room, isFirst: set.length === 0 }, fonts);
    if (fitted) set.push(fitted);
  }
  return set;
}

export async function setLine(
  line: string,
  { width, size, language, rtl, isFirst }: LinesRoom & { isFirst: boolean },
  fonts: FontLibrary,
): Promise<FittedText | undefined> {
  const text = shorten(cleanText(line), MOST_CHARACTERS);
  if (text === '') return undefined;
  const style = {
    typeface: 'sans',
    weight: isFirst ? 'bold' : 'regular',
    tracking: isFirst ? -0.012 : 0,
    language,
    rtl,
  } as const;
  const shaped = await shapeText(text, style, fonts);
  if (shaped.words.length === 0) return undefined;
  const own = isFirst ? size : size * SECOND_SHARE;
  return fitText(shaped, {
    width,
    height: own * 8,
    maxSize: own,
    minSize: own * 0.6,
    maxLines: 3,
    leading: 1.2,
  });
}
