import type { Look, Scene } from '@aura/proto';
import { cleanText, shorten } from '@aura/drawing';

export const CARD_KINDS = ['title', 'statement', 'list', 'number', 'quote', 'closing'] as const;
export type CardKind = (typeof CARD_KINDS)[number];

/** Everything of a scene that shows on its card, cleaned and shortened; the picture follows from it. */
export interface CardContent {
  kind: CardKind;
  heading: string;
  /** Lines of a list; a line under the heading elsewhere. */
  points: string[];
  figure: string;
  unit: string;
  source: string;
  keywords: string[];
  /** Decides the details of the ornament. */
  sceneId: string;
  /** Counted from 1. */
  number: number;
  count: number;
}

/** Longest heading that is set; readers of a film cannot read more while they listen. */
const MAX_HEADING = 160;
const MAX_POINT = 140;
const MAX_POINTS = 8;
const MAX_QUOTE = 280;
/** Narration up to this length is shown whole where a scene has no heading. */
const SHORT_NARRATION = 120;
const FIRST_WORDS = 60;
const IN_MARKS = /[“„«"「『](.+?)[”“»"」』]/gu;
/** A few words in marks may be a name; a quotation is longer. */
const SHORTEST_QUOTE = 12;

/** Pure: the same scene and look give the same content. */
export function cardContent(scene: Scene, look: Look): CardContent {
  const kind = kindOf(scene.kind);
  const points = scene.points
    .slice(0, MAX_POINTS)
    .map((point) => shorten(cleanText(point), MAX_POINT))
    .filter((point) => point !== '');
  const content = {
    kind,
    heading: headingOf(scene, look, kind),
    points: [] as string[],
    figure: '',
    unit: '',
    source: '',
    keywords: scene.keywords.slice(0, 8).map((word) => cleanText(word.slice(0, 60)).toLowerCase()),
    sceneId: scene.id,
    number: scene.index + 1,
    count: Math.max(look.sceneCount, scene.index + 1, 1),
  };
  const [first = '', second = ''] = points;
  if (kind === 'number') {
    const heading = repeats(content.heading, second) ? '' : content.heading;
    return { ...content, heading, figure: first, unit: second };
  }
  if (kind === 'quote') return { ...content, source: first };
  if (kind === 'list') return { ...content, points };
  return { ...content, points: first === '' || repeats(first, content.heading) ? [] : [first] };
}

/** Whether a text has no word that the other beside it does not have. */
function repeats(text: string, other: string): boolean {
  const said = new Set(wordsOf(other));
  return wordsOf(text).every((word) => said.has(word));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** All texts of a card, for the fonts that they need. */
export function textsOf(content: CardContent): string[] {
  const { heading, points, figure, unit, source } = content;
  return [heading, ...points, figure, unit, source].filter((text) => text !== '');
}

function kindOf(kind: string): CardKind {
  return CARD_KINDS.find((known) => known === kind) ?? 'statement';
}

function headingOf(scene: Scene, look: Look, kind: CardKind): string {
  const heading = cleanText(scene.heading);
  const narration = cleanText(scene.narration);
  // The words themselves are the picture; a heading beside them would only announce them.
  if (kind === 'quote') return shorten(quoteOf(heading, narration), MAX_QUOTE);
  if (heading !== '') return shorten(heading, MAX_HEADING);
  if (narration === '' || kind === 'title') {
    const title = cleanText(look.title);
    if (title !== '') return shorten(title, MAX_HEADING);
  }
  return shorten(narration, kind === 'statement' ? SHORT_NARRATION : FIRST_WORDS);
}

/** What the narration says in quotation marks; else the heading where it is said too; else a short narration. */
function quoteOf(heading: string, narration: string): string {
  const inMarks = Array.from(narration.matchAll(IN_MARKS), ([, words = '']) => words.trim());
  const longest = inMarks.toSorted((a, b) => b.length - a.length)[0] ?? '';
  if (longest.length >= SHORTEST_QUOTE) return longest;
  if (heading === '') return narration;
  if (narration === '' || narration.includes(heading)) return heading;
  return narration.length <= MAX_QUOTE ? narration : heading;
}
