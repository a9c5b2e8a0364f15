import type { FilmLook } from '../../look/film-look.js';
import type { Box } from '../../look/canvas.js';
import type { FigureContent } from '../figure-content.js';
import type { FigureFrame } from '../figure-frame.js';
import type { FigurePart } from '../figure-parts.js';
import type { Scale } from '../scale.js';
import type { ShapedFigure } from '../shape-figure.js';

/** Places what a figure shows below its title, for readers from left to right. Pure. */
export type FigureLayout = (request: FigureLayoutRequest) => FigurePart[];

export interface FigureLayoutRequest {
  content: FigureContent;
  texts: ShapedFigure;
  frame: FigureFrame;
  /** Between the title and the source. */
  room: Box;
  look: FilmLook;
  /** Of a line. */
  scale: Scale;
}
