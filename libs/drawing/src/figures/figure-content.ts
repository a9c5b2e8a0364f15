import type { Figure } from '@aura/proto';
import { cleanText, shorten } from '../text/clean-text.js';
import { numberText, type NumberStyle } from './number-text.js';

export const FIGURE_KINDS = [
  'count',
  'bars',
  'line',
  'timeline',
  'comparison',
  'steps',
  'list',
  'quote',
] as const;
export type FigureKind = (typeof FIGURE_KINDS)[number];

/** Everything of a figure that shows, cleaned and shortened; the drawing follows from it. */
export interface FigureContent {
  kind: FigureKind;
  title: string;
  /** What stands beside or beneath the values; empty where it is written with each of them, as "%" is. */
  unit: string;
  source: string;
  items: FigureItemContent[];
  /** How the values are written. */
  numbers: NumberStyle;
}

export interface FigureItemContent {
  label: string;
  value: number;
  /** The value as it is read. */
  shown: string;
  text: string;
}

/** How many items a figure has room for; two are compared. */
const MAX_ITEMS: Record<FigureKind, number> = {
  count: 1,
  bars: 8,
  line: 8,
  timeline: 8,
  comparison: 2,
  steps: 8,
  list: 8,
  quote: 1,
};
const MAX_TITLE = 120;
const MAX_LABEL = 80;
const MAX_TEXT = 140;
const MAX_QUOTE = 280;
const MAX_UNIT = 40;

/** Pure. What nobody could read is left out; a kind that is not known is drawn as a list. */
export function figureContent(figure: Figure, language: string): FigureContent {
  const kind = FIGURE_KINDS.find((known) => known === figure.kind) ?? 'list';
  const given = figure.items.slice(0, MAX_ITEMS[kind]);
  const unit = shorten(cleanText(figure.unit), MAX_UNIT);
  const numbers: NumberStyle = {
    language,
    unit,
    compact: kind === 'count' ? 'long' : 'short',
    values: given.map(({ value }) => finite(value)),
  };
  const items = given.map((item) => ({
    label: shorten(cleanText(item.label), kind === 'quote' ? MAX_TEXT : MAX_LABEL),
    value: finite(item.value),
    shown: numberText(finite(item.value), numbers),
    text: shorten(cleanText(item.text), kind === 'quote' ? MAX_QUOTE : MAX_TEXT),
  }));
  return {
    kind,
    title: shorten(cleanText(figure.title), MAX_TITLE),
    unit: numbers.unit === '' || unitIsWritten(unit) ? '' : unit,
    source: shorten(cleanText(figure.source), MAX_TITLE),
    items: items.filter(({ label, text }) => hasValues(kind) || label !== '' || text !== ''),
    numbers,
  };
}

/** Whether values of this kind are drawn to scale, so that they all have to be numbers. */
export function hasValues(kind: FigureKind): boolean {
  return kind === 'count' || kind === 'bars' || kind === 'line';
}

function unitIsWritten(unit: string): boolean {
  return numberText(0, { language: 'en', unit, compact: 'short', values: [0] }) !== '0';
}

/** The steps of a scale are numbers, too: neither endless nor too small to be told from zero. */
function finite(value: number): number {
  if (!Number.isFinite(value) || Math.abs(value) < LEAST) return 0;
  return Math.min(GREATEST, Math.max(-GREATEST, value));
}

const LEAST = 1e-290;
const GREATEST = 1e290;
