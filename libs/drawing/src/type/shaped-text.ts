import bidiModule, { type Bidi } from 'bidi-js';
import type { FontStyle } from './font-chain.js';
import type { FontFace, ShapedGlyph } from './font-face.js';
import type { FontLibrary } from './font-library.js';
import { unbreakables } from './line-breaks.js';
import { matchFonts, type MatchedText } from './match-fonts.js';
import { mayTrack } from './scripts.js';

/** Glyphs of one face and one direction, in visual order. Lengths in em. */
export interface Run {
  face: FontFace;
  glyphs: ShapedGlyph[];
  width: number;
  /** Bidirectional embedding level: odd runs read from right to left. */
  level: number;
  /** Drawn in the accent colour. */
  stressed: boolean;
}

/** What stays on one line. */
export interface Word {
  runs: Run[];
  width: number;
  /** Width of the space that follows unless the line ends; its level, for reordering. */
  space: number;
  spaceLevel: number;
  start: number;
  end: number;
}

/** A paragraph ready to be broken into lines of any size: everything that waits is done. */
export interface ShapedText {
  words: Word[];
  rtl: boolean;
  /** Graphemes that no font can draw; they are left out. */
  missing: string[];
  ellipsis: Run;
  /** Shapes a part of the text again, for words that must be broken. UTF-16 units. */
  part(start: number, end: number): Word;
  /** Where a line that is cut within this part should end: before punctuation and spaces. */
  trimEnd(start: number, end: number): number;
  /** Grapheme boundaries within the text, first and last included. */
  boundaries: number[];
}

export interface TextStyle extends FontStyle {
  /** Extra space after each letter in em, where the script allows it. */
  tracking: number;
  language: string;
  /** Direction of the whole card. */
  rtl: boolean;
  /** Words drawn in the accent colour, in lower case. */
  stress?: string;
}

const bidi: Bidi = (bidiModule as unknown as () => Bidi)();
const SPACE_EM = 0.26;

/** Shapes clean text. A text of which nothing can be drawn has no words. */
export async function shapeText(
  text: string,
  style: TextStyle,
  fonts: FontLibrary,
): Promise<ShapedText> {
  const matched = await matchFonts(text, style, fonts);
  const rtl = baseDirection(matched.text, style.rtl) === 'rtl';
  const { levels } = bidi.getEmbeddingLevels(matched.text, rtl ? 'rtl' : 'ltr');
  const stressed = stressRange(matched.text, style.stress);
  const known = new Map<string, Word>();
  const wordOf = (start: number, end: number) => {
    const key = `${start}–${end}`;
    const word = known.get(key) ?? shapeWord({ matched, levels, style, stressed }, start, end);
    known.set(key, word);
    return word;
  };
  const words = unbreakables(matched.text, style.language).map((piece) => {
    const word = wordOf(piece.start, piece.start + piece.text.length);
    if (!piece.spaceAfter) return word;
    const run = word.runs.at(-1);
    const space = run ? spaceWidth(run.face) : SPACE_EM;
    return { ...word, space, spaceLevel: levels[word.end] ?? Number(rtl) };
  });
  return {
    words,
    rtl,
    missing: matched.missing,
    ellipsis: await ellipsisRun(matched, style, fonts, rtl),
    part: wordOf,
    trimEnd: (start, end) =>
      start + matched.text.slice(start, end).replace(/[\p{P}\s]+$/u, '').length,
    boundaries: matched.boundaries,
  };
}

interface Context {
  matched: MatchedText;
  levels: Uint8Array;
  style: TextStyle;
  stressed: { start: number; end: number } | undefined;
}

function shapeWord(context: Context, start: number, end: number): Word {
  const { matched, levels, style } = context;
  const runs: Run[] = [];
  let from = start;
  for (let at = start + 1; at <= end; at++) {
    if (at < end && sameRun(context, at - 1, at)) continue;
    const face = matched.faceAt(from);
    if (face) {
      const level = levels[from] ?? 0;
      const glyphs = face.shape(matched.text.slice(from, at), {
        rtl: level % 2 === 1,
        language: style.language,
      });
      const tracking = mayTrack(matched.scriptAt(from)) ? style.tracking : 0;
      const tracked = glyphs
        .filter((glyph) => glyph.id !== 0)
        .map((glyph) => ({
          ...glyph,
          advance: glyph.advance + (glyph.advance > 0 ? tracking : 0),
        }));
      const width = tracked.reduce((sum, glyph) => sum + glyph.advance, 0);
      const stressed = isStressed(context, from);
      runs.push({ face, glyphs: tracked, width, level, stressed });
    }
    from = at;
  }
  const width = runs.reduce((sum, run) => sum + run.width, 0);
  return { runs, width, space: 0, spaceLevel: 0, start, end };
}

function sameRun(context: Context, a: number, b: number): boolean {
  const { matched, levels } = context;
  return (
    matched.faceAt(a) === matched.faceAt(b) &&
    matched.scriptAt(a) === matched.scriptAt(b) &&
    levels[a] === levels[b] &&
    isStressed(context, a) === isStressed(context, b)
  );
}

function isStressed({ stressed }: Context, at: number): boolean {
  return stressed !== undefined && at >= stressed.start && at < stressed.end;
}

/** The card's own direction, unless the text has no letter of it and has some of the other. */
function baseDirection(text: string, cardRtl: boolean): 'rtl' | 'ltr' {
  const hasRtl =
    /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(text);
  const hasLtr = /\p{L}/u.test(text.replace(/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/g, ''));
  if (cardRtl) return !hasRtl && hasLtr ? 'ltr' : 'rtl';
  return hasRtl && !hasLtr ? 'rtl' : 'ltr';
}

function stressRange(text: string, stress: string | undefined) {
  if (stress === undefined || stress === '') return undefined;
  const start = text.toLowerCase().indexOf(stress);
  return start < 0 ? undefined : { start, end: start + stress.length };
}

function spaceWidth(face: FontFace): number {
  if (!face.covers(' ')) return SPACE_EM;
  const [glyph] = face.shape(' ', { rtl: false, language: 'und' });
  return glyph?.advance ?? SPACE_EM;
}

async function ellipsisRun(
  matched: MatchedText,
  style: TextStyle,
  fonts: FontLibrary,
  rtl: boolean,
): Promise<Run> {
  const last = matched.faceAt(matched.text.length - 1);
  const face = last?.covers('…') ? last : (await matchFonts('…', style, fonts)).faceAt(0);
  if (!face) throw new Error('no font has an ellipsis');
  const glyphs = face.shape('…', { rtl: false, language: style.language });
  const width = glyphs.reduce((sum, glyph) => sum + glyph.advance, 0);
  return { face, glyphs, width, level: Number(rtl), stressed: false };
}
