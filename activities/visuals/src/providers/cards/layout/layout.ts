import type { CardContent } from '../card-content.js';
import type { Box, Element, FilmLook } from '@aura/drawing';
import type { ShapedContent } from './shaped-content.js';
import type { CardFrame } from './frame.js';

/** Places a card's elements, for readers from left to right, within `room`. Pure. */
export type Layout = (request: LayoutRequest) => Element[];

export interface LayoutRequest {
  content: CardContent;
  texts: ShapedContent;
  frame: CardFrame;
  /** Below the progress mark, above the captions. */
  room: Box;
  look: FilmLook;
}
