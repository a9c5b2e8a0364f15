import type { CardContent } from './card-content.js';
import type { ShapedContent } from './layout/shaped-content.js';
import {
  type FilmLook,
  type FontLibrary,
  type ShapedText,
  type Weight,
  shapeText,
} from '@aura/drawing';

export interface ShapedCard {
  texts: ShapedContent;
  /** Graphemes that no font can draw. */
  missing: string[];
  /** Whether anything that means something is left to be read; true where there was no text at all. */
  readable: boolean;
}

/** Shapes all texts of a card. Everything that waits (opening fonts) happens here; placing them is pure. */
export async function shapeContent(
  content: CardContent,
  { typeface }: FilmLook,
  language: { language: string; rtl: boolean },
  fonts: FontLibrary,
): Promise<ShapedCard> {
  const all: ShapedText[] = [];
  const shaped = async (text: string, weight: Weight, tracking: number, stress?: string) => {
    if (text === '') return undefined;
    const style = { typeface, weight, tracking, stress, ...language };
    const result = await shapeText(text, style, fonts);
    all.push(result);
    return result.words.length > 0 ? result : undefined;
  };
  const calm = content.kind === 'quote' || content.kind === 'number';
  const heading = await shaped(
    content.heading,
    calm ? 'regular' : 'bold',
    calm ? -0.008 : typeface === 'sans' ? -0.026 : -0.014,
    stressOf(content),
  );
  const points: ShapedText[] = [];
  for (const point of content.points) {
    const line = await shaped(point, 'regular', 0);
    if (line) points.push(line);
  }
  const texts: ShapedContent = {
    heading,
    points,
    figure: await shaped(content.figure, 'bold', -0.035),
    unit: await shaped(content.unit, 'bold', -0.015),
    source: await shaped(content.source, 'regular', 0),
  };
  return {
    texts,
    missing: [...new Set(all.flatMap(({ missing }) => missing))],
    readable: all.length === 0 || all.some(({ words }) => words.length > 0),
  };
}

/** One keyword of a title or statement is set in accent, unless it is the whole of it. */
function stressOf({ kind, heading, keywords }: CardContent): string | undefined {
  if (kind !== 'title' && kind !== 'statement') return undefined;
  const lower = heading.toLowerCase();
  return keywords.find((word) => {
    const at = lower.indexOf(word);
    const isWord =
      at >= 0 &&
      !/\p{L}/u.test(lower[at - 1] ?? '') &&
      !/\p{L}/u.test(lower[at + word.length] ?? '');
    return word.length > 2 && isWord && word.length < heading.length * 0.6;
  });
}
