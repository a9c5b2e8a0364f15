import type { CaptionLook } from './caption-look.js';
import { directionMarks } from './direction.js';
import { isEmoji, type EmojiBox } from './emoji.js';
import { charactersOf } from './plain-text.js';
import { fontOf, isFullWidth, scriptOf } from './scripts.js';

/** How the lines of one event are written for libass. */
export interface AssDrawing {
  look: CaptionLook;
  /** The script that the style's own font is for. */
  script: string;
  language: string;
  /** Height of an em where it is another than the look's. */
  emPx?: number;
  /** Room that is left for pictographs; without it they are left out. */
  emoji?: EmojiBox;
  /** #rrggbb of what stands there; undefined for white. */
  colourAt?: (line: number, at: number) => string | undefined;
  /** Without outline, shadow and box. */
  bare?: boolean;
  /** Shows that pictograph's room alone, counted over all lines. */
  onlyEmoji?: number;
}

/** No caption of ours comes near it; what does is cut before libass sees it (X6). */
const MAX_LINE_CODE_UNITS = 600;

/**
 * Lines as the text of an ASS event. All of it is ours or escaped: nothing that a narration or a user's caption
 * holds is an override, a tag or a line break.
 */
export function assText(lines: readonly string[], drawing: AssDrawing): string {
  const pen: Pen = { script: drawing.script, colour: undefined, emoji: 0 };
  const { emPx, look } = drawing;
  const size =
    emPx === undefined || emPx === look.emPx ? '' : `{\\fs${fontSize(drawing.script, emPx)}}`;
  const text = lines.map((line, index) => written(line, index, { drawing, pen }));
  return seen(drawing) + size + text.join(String.raw`\N`);
}

interface Pen {
  script: string;
  colour: string | undefined;
  emoji: number;
}

function written(
  line: string,
  index: number,
  { drawing, pen }: { drawing: AssDrawing; pen: Pen },
): string {
  let text = '';
  let at = 0;
  const shown = line.slice(0, MAX_LINE_CODE_UNITS);
  const marks = directionMarks(shown);
  for (const character of charactersOf(shown)) {
    const place = at;
    at += character.length;
    if (isEmoji(character)) {
      text += room(drawing, pen);
      continue;
    }
    if (character === ' ' && !drawing.emoji && (text === '' || text.endsWith(' '))) continue;
    const colour = drawing.colourAt?.(index, place);
    if (colour !== pen.colour && character !== ' ') {
      text += `{\\1c${assColour(colour ?? WHITE)}}`;
      pen.colour = colour;
    }
    for (const point of character) text += letter(point, drawing, pen);
    text += marks.get(place) ?? '';
  }
  return text;
}

/** One code point, with its font where the one before had another. */
function letter(point: string, drawing: AssDrawing, pen: Pen): string {
  const next = scriptInLine(point, { ...drawing, current: pen.script });
  if (next === pen.script) return escaped(point);
  pen.script = next;
  const size = fontSize(next, drawing.emPx ?? drawing.look.emPx);
  return String.raw`{\fn${fontOf(next).family}\fs${size}}` + escaped(point);
}

/** What of letters is seen: fill, outline, and the box or the shadow. */
function seen({ bare, onlyEmoji }: AssDrawing): string {
  if (onlyEmoji !== undefined) return String.raw`{\1a&HFF&\3a&HFF&\4a&HFF&}`;
  return bare === true ? String.raw`{\3a&HFF&\4a&HFF&}` : '';
}

/** An invisible rectangle that takes part in the line like a letter: the picture is laid over it later. */
function room(drawing: AssDrawing, pen: Pen): string {
  const { emoji, onlyEmoji } = drawing;
  if (!emoji) return '';
  const { widthPx, heightPx, dropPx } = emoji;
  const fill = onlyEmoji === pen.emoji ? '00' : 'FF';
  pen.emoji += 1;
  const before = `{\\1a&H${fill}&\\3a&HFF&\\bord0\\shad0\\pbo${dropPx}\\p1}`;
  const shape = `m 0 0 l ${widthPx} 0 ${widthPx} ${heightPx} 0 ${heightPx}`;
  return `${before}${shape}{\\p0\\pbo0\\bord\\shad\\1a\\3a}${seen(drawing)}`;
}

/** Signs without a script go with their neighbours, Latin ones beside fonts that may lack them with Latin. */
function scriptInLine(
  character: string,
  { script: main, current, language }: { script: string; current: string; language: string },
): string {
  const own = scriptOf(character, language);
  if (own !== undefined) return isFullWidth(main) && own === 'Latn' ? main : own;
  return !isFullWidth(main) && /[!-~]/.test(character) ? 'Latn' : current;
}

/** Braces open overrides and a backslash makes a break: the first are escaped, the second is kept apart. */
function escaped(character: string): string {
  if (character === '{' || character === '}') return `\\${character}`;
  return character === '\\' ? `\\${WORD_JOINER}` : character;
}

const WORD_JOINER = '\u2060';
const WHITE = '#ffffff';

/** libass takes a font size for the height of a line. */
export function fontSize(script: string, emPx: number): string {
  const { lineHeight, enlarged = 1 } = fontOf(script);
  return (emPx * lineHeight * enlarged).toFixed(1);
}

/** #rrggbb as &Hbbggrr&. */
function assColour(colour: string): string {
  const [, red = '', green = '', blue = ''] = /^#(..)(..)(..)$/.exec(colour.toUpperCase()) ?? [];
  return `&H${blue}${green}${red}&`;
}
