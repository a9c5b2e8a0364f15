import type { Figure, FigureItem, Scene } from '@aura/proto';
import { sentencesOf } from '../text/sentences.js';
import { quotationIn } from '../text/quotations.js';
import { plainNumber } from './plain-number.js';

/** Scenes with the data that they tell of, where that stands in their own words; whoever wrote them. Pure. */
export function withFigures(scenes: readonly Scene[], language: string): Scene[] {
  return scenes.map((scene) => {
    if (scene.figure || scene.media) return scene;
    const figure = figureOf(scene, language);
    return figure ? { ...scene, figure } : scene;
  });
}

/**
 * The figure of a scene: a list, a number or a quotation as the scene shows it, and dates that it tells of one after the
 * other. Nothing is in it that the scene does not say; absent where the scene has no data. Pure.
 */
export function figureOf(scene: Scene, language: string): Figure | undefined {
  switch (scene.kind) {
    case 'list':
      return listFigure(scene, language);
    case 'number':
      return numberFigure(scene, language);
    case 'quote':
      return quoteFigure(scene);
    case 'statement':
      return datesFigure(scene, language);
    default:
      return undefined;
  }
}

/** What lines of data can be drawn as, besides what scenes are. */
export const DATA_KINDS = ['bars', 'line', 'timeline', 'comparison', 'steps'] as const;
export type DataKind = (typeof DATA_KINDS)[number];

export function isDataKind(kind: string): kind is DataKind {
  return DATA_KINDS.some((known) => known === kind);
}

/**
 * Lines of the form "name: value unit" or "name: words" as a figure of a kind; undefined where they are not enough, too
 * many, or where what is to be measured is no number, or of several units. Pure.
 */
export function dataFigure(
  kind: DataKind,
  { heading, points }: Pick<Scene, 'heading' | 'points'>,
  language: string,
): Figure | undefined {
  if (points.length < 2 || points.length > (kind === 'comparison' ? 2 : MAX_ITEMS))
    return undefined;
  const measured = barsOf(heading, points, language);
  if (kind === 'bars') return measured;
  if (kind === 'line') return measured && points.length > 2 ? { ...measured, kind } : undefined;
  if (kind === 'comparison' && measured) return { ...measured, kind };
  const items = points.map(itemOf);
  if (kind === 'timeline' && items.some(({ text }) => text === '')) return undefined;
  return figure(kind, heading, items);
}

const MAX_ITEMS = 8;
/** A point that names something and then says something of it. */
const NAMED = /^(?<label>[^:：–—]{1,60}?)(?:\s*[:：]\s*|\s+[–—]\s+)(?<text>\S.*)$/u;
/** A name and a number behind it, without a sign between them. */
const BEFORE_NUMBER = /^([^\d:：–—]{2,60}?)\s+([$€£¥₹]?\d[^:：–—]*)$/u;
const YEAR = /(?<![\p{L}\p{N}.,:/-])(?:1[0-9]\d\d|20\d\d)(?![\p{L}\p{N}:/%-]|[.,]\d)/gu;
/** Fewer dates are a timeline only where the scene tells of nothing else. */
const FEWEST_DATES = 3;
const LONGEST_EVENT = 90;

function listFigure({ heading, points }: Scene, language: string): Figure | undefined {
  if (points.length < 2) return undefined;
  const items = points.slice(0, MAX_ITEMS).map(itemOf);
  const bars = barsOf(heading, points.slice(0, MAX_ITEMS), language);
  if (bars) return bars;
  const named = items.every(({ text }) => text !== '');
  const plain = points
    .slice(0, MAX_ITEMS)
    .map((point): FigureItem => ({ label: point, value: 0, text: '' }));
  if (!named) return figure('list', heading, plain);
  if (items.every(({ label }) => isYear(label))) return figure('timeline', heading, items);
  return figure('list', heading, items);
}

/** "Coal: 36 %", "Coal 36 percent" and their like, all in one unit. */
function barsOf(heading: string, points: string[], language: string): Figure | undefined {
  const items = points.map((point) => itemOf(point.replace(BEFORE_NUMBER, '$1: $2')));
  const numbers = items.map(({ text }) => plainNumber(text, language));
  const [first] = numbers;
  const isSeries = numbers.every((one) => one && one.unit === first?.unit && one.value >= 0);
  if (!first || !isSeries || numbers.every((one) => one?.value === 0)) return undefined;
  const bars = items.map(({ label }, at) => ({ label, value: numbers[at]?.value ?? 0, text: '' }));
  return { ...figure('bars', heading, bars), unit: first.unit };
}

function numberFigure({ heading, points }: Scene, language: string): Figure | undefined {
  const [written = '', name = ''] = points;
  const number = plainNumber(written, language);
  if (!number) return undefined;
  const unit = [number.unit, name].filter((one) => one !== '').join(' ');
  const isSign = unit === number.unit;
  const sign = /^[%$€£¥₹]$/u.test(number.unit);
  // "%" is written with the number; what it is a share of then stands below.
  if (unit.toLowerCase() === heading.toLowerCase()) {
    return { ...figure('count', '', [{ label: '', value: number.value, text: '' }]), unit };
  }
  const label = sign && !isSign ? `${name} · ${heading}` : heading;
  const item = { label: heading === '' ? name : label, value: number.value, text: '' };
  return { ...figure('count', '', [item]), unit: sign ? number.unit : unit };
}

function quoteFigure({ heading, narration, points }: Scene): Figure | undefined {
  const quoted = quotationIn(narration);
  const text = quoted?.words ?? (narration.includes(heading) ? heading : '');
  if (text === '') return undefined;
  return figure('quote', '', [{ label: points[0] ?? quoted?.source ?? '', value: 0, text }]);
}

/** Sentences with one year each, in the order of the years: at least three, or all two that there are. */
function datesFigure({ heading, narration }: Scene, language: string): Figure | undefined {
  const sentences = sentencesOf(narration, language);
  const fewest = sentences.length === 2 ? 2 : FEWEST_DATES;
  const dated = sentences.flatMap((sentence) => {
    const years = sentence.match(YEAR) ?? [];
    const [year] = years;
    return year && years.length === 1
      ? [{ label: year, value: 0, text: eventOf(sentence, year) }]
      : [];
  });
  const isInOrder = dated.every(
    ({ label }, at) => at === 0 || label >= (dated[at - 1]?.label ?? ''),
  );
  const isShort = dated.every(({ text }) => text !== '' && text.length <= LONGEST_EVENT);
  if (dated.length < fewest || !isInOrder || !isShort) return undefined;
  return figure('timeline', heading, dated.slice(0, MAX_ITEMS));
}

/** "In 1957, Sputnik circled the Earth." → "Sputnik circled the Earth"; a year in the middle stays where it is. */
function eventOf(sentence: string, year: string): string {
  const start = new RegExp(String.raw`^(?:\p{L}+\s+){0,2}${year}\s*[,،、:]?\s*`, 'u');
  const rest = sentence
    .replace(start, '')
    .replace(/[.。।!?！？]+$/u, '')
    .trim();
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

function itemOf(point: string): FigureItem {
  const { label = point, text = '' } = NAMED.exec(point)?.groups ?? {};
  return { label: label.trim(), value: 0, text: text.trim() };
}

function isYear(label: string): boolean {
  return /^(?:1[0-9]\d\d|20\d\d)s?$/.test(label);
}

function figure(kind: string, title: string, items: FigureItem[]): Figure {
  return { kind, title, unit: '', source: '', items };
}
