import * as hb from 'harfbuzzjs';
import { charactersOf } from '../text/clean-text.js';

/** One glyph of a shaped run; lengths in em, y upwards. */
export interface ShapedGlyph {
  id: number;
  advance: number;
  x: number;
  y: number;
  /** Where its cluster begins in the shaped text, in UTF-16 units. */
  cluster: number;
}

/** Where ink is, in em around the glyph's origin: `top` and `bottom` upwards. */
export interface InkBox {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** One opened face. Equal calls give equal answers; nothing here waits. */
export interface FontFace {
  key: string;
  covers(grapheme: string): boolean;
  shape(text: string, options: { rtl: boolean; language: string }): ShapedGlyph[];
  /** Undefined for glyphs without ink, such as spaces. */
  ink(glyph: number): InkBox | undefined;
  /** SVG path data in font units, y upwards; `unitsPerEm` scales it. */
  outline(glyph: number): string;
  unitsPerEm: number;
  /** Width of a stroke around outlines, em: gives thin faces the strength that the shipped ones have. */
  stroke: number;
}

export interface FaceOptions {
  index: number;
  wght?: number;
  stroke?: number;
}

const MAX_OUTLINES = 4_000;
/** HarfBuzz draws nothing for joiners, and any space for a non-breaking one. */
const WITHOUT_GLYPH = /[\u200c\u200d]/g;
const SPACES = /[\u00a0\u202f]/g;

/** Opens a face of font bytes that HarfBuzz holds. Throws where the bytes are no usable font. */
export function openFace(key: string, blob: hb.Blob, options: FaceOptions): FontFace {
  const { index, wght, stroke = 0 } = options;
  const face = new hb.Face(blob, index);
  const font = new hb.Font(face);
  const unitsPerEm = face.upem;
  if (font.nominalGlyph(0x20) === undefined && face.collectUnicodes().length === 0) {
    throw new Error('not a font, or one without characters');
  }
  if (wght !== undefined) font.setVariations([new hb.Variation('wght', wght)]);
  const buffer = new hb.Buffer();
  const outlines = new Map<number, string>();

  const has = (text: string) =>
    charactersOf(text.replace(WITHOUT_GLYPH, '').replace(SPACES, ' ')).every(
      (character) => (font.nominalGlyph(character.codePointAt(0) ?? 0) ?? 0) !== 0,
    );
  const covers = (grapheme: string) => has(grapheme) || has(grapheme.normalize('NFD'));
  const shape: FontFace['shape'] = (text, { rtl, language }) => {
    buffer.clearContents();
    buffer.addText(text);
    buffer.setFlags(hb.BufferFlag.DO_NOT_INSERT_DOTTED_CIRCLE);
    buffer.guessSegmentProperties();
    buffer.setDirection(rtl ? hb.Direction.RTL : hb.Direction.LTR);
    if (/^[\w-]+$/.test(language)) buffer.setLanguage(language);
    hb.shape(font, buffer);
    return buffer.getGlyphInfosAndPositions().map((glyph) => ({
      id: glyph.codepoint,
      advance: (glyph.xAdvance ?? 0) / unitsPerEm,
      x: (glyph.xOffset ?? 0) / unitsPerEm,
      y: (glyph.yOffset ?? 0) / unitsPerEm,
      cluster: glyph.cluster,
    }));
  };
  const inkBoxes = new Map<number, InkBox | undefined>();
  const ink = (glyph: number): InkBox | undefined => {
    if (inkBoxes.has(glyph)) return inkBoxes.get(glyph);
    const extents = font.glyphExtents(glyph);
    const box = extents && inkBoxOf(extents, unitsPerEm, stroke / 2);
    if (inkBoxes.size >= MAX_OUTLINES) inkBoxes.clear();
    inkBoxes.set(glyph, box);
    return box;
  };
  const outline = (glyph: number) => {
    const known = outlines.get(glyph);
    if (known !== undefined) return known;
    if (outlines.size >= MAX_OUTLINES) outlines.clear();
    const path = font.glyphToPath(glyph);
    outlines.set(glyph, path);
    return path;
  };
  return { key, covers, shape, ink, outline, unitsPerEm, stroke };
}

function inkBoxOf(
  { xBearing, yBearing, width, height }: hb.GlyphExtents,
  unitsPerEm: number,
  around: number,
): InkBox | undefined {
  if (width === 0 || height === 0) return undefined;
  return {
    left: xBearing / unitsPerEm - around,
    right: (xBearing + width) / unitsPerEm + around,
    top: yBearing / unitsPerEm + around,
    bottom: (yBearing + height) / unitsPerEm - around,
  };
}
