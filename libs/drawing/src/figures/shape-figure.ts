import type { FilmLook } from '../look/film-look.js';
import type { Weight } from '../type/font-files.js';
import type { FontLibrary } from '../type/font-library.js';
import { hanLanguage, scriptsIn } from '../type/match-fonts.js';
import { shapeText, type ShapedText } from '../type/shaped-text.js';
import type { FigureContent } from './figure-content.js';
import { numberText } from './number-text.js';

/** A figure's texts, ready to be fitted. What is not there, or of which nothing can be drawn, is absent. */
export interface ShapedFigure {
  title?: ShapedText | undefined;
  unit?: ShapedText | undefined;
  source?: ShapedText | undefined;
  items: ShapedItem[];
  /** Values of the scale beside a line, by how they are written. */
  ticks: ShapedTick[];
  /** The ordinal numbers of steps. */
  ordinals: ShapedText[];
  /** The number on its way up, from the first to the one before the last. */
  counted: ShapedText[];
  /** Graphemes that no font can draw. */
  missing: string[];
}

export interface ShapedItem {
  label?: ShapedText | undefined;
  shown?: ShapedText | undefined;
  text?: ShapedText | undefined;
}

export interface ShapedTick {
  value: number;
  shown: ShapedText;
}

export interface FigureWords {
  content: FigureContent;
  /** Where lines are drawn over a scale: its values. */
  ticks: number[];
  look: FilmLook;
  language: string;
  rtl: boolean;
}

/** How many states a number goes through on its way. */
const COUNT_STATES = 18;
const TIGHT = -0.02;

/** Shapes all texts of a figure. Everything that waits (opening fonts) happens here; placing them is pure. */
export async function shapeFigure(words: FigureWords, fonts: FontLibrary): Promise<ShapedFigure> {
  const { content, look, language, rtl } = words;
  const missing = new Set<string>();
  const shaped = async (text: string, weight: Weight, tracking = 0) => {
    if (text === '') return undefined;
    const style = { typeface: look.typeface, weight, tracking, language, rtl };
    const result = await shapeText(text, style, fonts);
    for (const grapheme of result.missing) missing.add(grapheme);
    return result.words.length > 0 ? result : undefined;
  };
  const isQuote = content.kind === 'quote';
  const items: ShapedItem[] = [];
  for (const item of content.items) {
    items.push({
      label: await shaped(item.label, isQuote ? 'regular' : 'bold'),
      shown: await shaped(item.shown, 'bold', TIGHT),
      text: await shaped(item.text, 'regular'),
    });
  }
  const ticks: ShapedTick[] = [];
  for (const value of words.ticks) {
    const shown = await shaped(tickText(value, words), 'regular');
    if (shown) ticks.push({ value, shown });
  }
  const all = async (texts: string[], tracking?: number) =>
    (await Promise.all(texts.map((text) => shaped(text, 'bold', tracking)))).filter(
      (one) => one !== undefined,
    );
  return {
    title: await shaped(content.title, 'bold', TIGHT),
    unit: await shaped(content.unit, 'bold'),
    source: await shaped(content.source, 'regular'),
    items,
    ticks,
    ordinals: await all(ordinalsOf(content)),
    counted: await all(countedOf(content), TIGHT),
    missing: [...missing],
  };
}

/** Names the content of all fonts that a figure could be drawn with. */
export function figureFonts(
  { content, ticks, look, language }: FigureWords,
  fonts: FontLibrary,
): Promise<string> {
  const { title, unit, source, items } = content;
  const texts = items.flatMap(({ label, shown, text }) => [label, shown, text]);
  const all = [title, unit, source, ...texts, ...ordinalsOf(content), ...ticks.map(String)];
  return fonts.version(
    all.flatMap((text) =>
      scriptsIn(text).flatMap((script) =>
        (['bold', 'regular'] as const).map((weight) => ({
          script,
          weight,
          typeface: look.typeface,
          language: hanLanguage(text, language),
        })),
      ),
    ),
  );
}

function tickText(value: number, { content, ticks }: FigureWords): string {
  return numberText(value, { ...content.numbers, values: [...ticks, ...content.numbers.values] });
}

function ordinalsOf({ kind, items, numbers }: FigureContent): string[] {
  if (kind !== 'steps') return [];
  const style = { ...numbers, unit: '', values: [0] };
  return items.map((_, at) => numberText(at + 1, style));
}

/** Quick at first and slow in the end; the last state is the value itself and not among them. */
function countedOf({ kind, items, numbers }: FigureContent): string[] {
  const [item] = items;
  if (kind !== 'count' || !item) return [];
  return Array.from({ length: COUNT_STATES }, (_, at) => {
    const rest = 1 - at / COUNT_STATES;
    return numberText(item.value * (1 - rest ** 3), numbers);
  });
}
