import type { Figure, RenderSpec } from '@aura/proto';
import { mirrored, type Element } from '../layout/elements.js';
import { progressMark } from '../layout/progress-mark.js';
import { filmLook, type FilmLook } from '../look/film-look.js';
import { ORNAMENTS } from '../look/ornaments.js';
import { randomOf } from '../look/random.js';
import type { FontLibrary } from '../type/font-library.js';
import { isRightToLeft } from '../type/scripts.js';
import { figureContent, type FigureContent } from './figure-content.js';
import { figureFrame, type FigureFrame } from './figure-frame.js';
import { mirroredParts, type FigurePart } from './figure-parts.js';
import { headings } from './layouts/headings.js';
import { FIGURE_LAYOUTS } from './layouts/layouts.js';
import { scaleOf, type Scale } from './scale.js';
import { figureFonts, shapeFigure, type FigureWords, type ShapedFigure } from './shape-figure.js';

/** A figure decided: what is drawn where, and in which order it comes. */
export interface FigurePlan {
  frame: FigureFrame;
  look: FilmLook;
  rtl: boolean;
  /** SVG of what lies behind the parts, over the coloured ground. */
  ornament: string;
  /** What stands there from the beginning. */
  standing: Element[];
  parts: FigurePart[];
  /** Items come as fast as they are read, rather than as fast as they can be seen. */
  isRead: boolean;
  /** Graphemes that no font can draw; they are left out. */
  missing: string[];
}

/** In units. */
const PROGRESS_SPACE = 5;

export type FigureSize = Pick<RenderSpec, 'widthPx' | 'heightPx'>;

/** Decides a figure for a frame: opens fonts where needed, then places everything without waiting. */
export async function planFigure(
  figure: Figure,
  size: FigureSize,
  fonts: FontLibrary,
): Promise<FigurePlan> {
  const words = wordsOf(figure);
  const texts = await shapeFigure(words, fonts);
  const whole = figureFrame(size.widthPx, size.heightPx);
  const { content, look, rtl } = words;
  const { mark, frame } = underMark(figure, whole, look);
  const parts = placed(content, texts, frame, look);
  return {
    frame,
    look,
    rtl,
    ornament: ornamentOf(figure, frame, look),
    standing: rtl ? mirrored(mark, size.widthPx) : mark,
    parts: rtl ? mirroredParts(parts, size.widthPx) : parts,
    isRead: ['list', 'steps', 'timeline', 'comparison'].includes(content.kind),
    missing: texts.missing,
  };
}

/** Names everything that shows in a figure besides the size of the frame: its data, and the fonts of this machine. */
export async function figureInputs(
  figure: Figure,
  fonts: FontLibrary,
): Promise<{ figure: Figure; fonts: string }> {
  return { figure, fonts: await figureFonts(wordsOf(figure), fonts) };
}

function wordsOf(figure: Figure): FigureWords {
  const { title = '', style = '', language = 'en' } = figure.look ?? {};
  const content = figureContent(figure, language);
  return {
    content,
    ticks: content.kind === 'line' ? lineScale(content).ticks : [],
    look: filmLook({ title, style }),
    language,
    rtl: isRightToLeft(language),
  };
}

/** Where the scene stands in its film, as the drawn cards have it, and the frame that is left. */
function underMark(
  { look: place }: Figure,
  frame: FigureFrame,
  { palette }: FilmLook,
): { mark: Element[]; frame: FigureFrame } {
  if (!place || place.number < 1) return { mark: [], frame };
  const { safe, unit } = frame;
  const used = PROGRESS_SPACE * unit;
  return {
    mark: [
      progressMark(
        { number: place.number, count: Math.max(place.count, place.number) },
        frame,
        palette,
      ),
    ],
    frame: { ...frame, safe: { ...safe, y: safe.y + used, height: safe.height - used } },
  };
}

function placed(
  content: FigureContent,
  texts: ShapedFigure,
  frame: FigureFrame,
  look: FilmLook,
): FigurePart[] {
  // What one number counts stands with the number.
  const above = content.kind === 'count' ? { ...texts, unit: undefined } : texts;
  const { parts, room } = headings(above, frame, look);
  const scale = lineScale(content);
  const data = FIGURE_LAYOUTS[content.kind]({ content, texts, frame, room, look, scale });
  return [...parts, ...data].filter(({ states }) => states.some((state) => state.length > 0));
}

function lineScale({ items }: FigureContent): Scale {
  return scaleOf(
    items.map(({ value }) => value),
    4,
  );
}

/** Where the film's ornament stands behind data: in the upper corner, where titles end. */
function ornamentOf(figure: Figure, frame: FigureFrame, look: FilmLook): string {
  const { widthPx: width, heightPx: height, unit, shape } = frame;
  const random = randomOf('figure', figure.look?.seed ?? figure.title);
  const focus =
    shape === 'wide' ? { x: width * 0.9, y: height * 0.24 } : { x: width * 0.86, y: height * 0.12 };
  const reach = unit * (shape === 'wide' ? 40 : 36);
  const { palette } = look;
  return ORNAMENTS[look.ornament]({ width, height, unit, focus, reach, palette, random }).quiet;
}
