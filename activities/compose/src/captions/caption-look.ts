import type { CaptionStyle } from '@aura/proto';
import type { CaptionLayout } from './caption-layout.js';

export type LookName = 'boxed' | 'clean' | 'karaoke' | 'word';
export type Position = 'bottom' | 'middle' | 'top';

/** How captions are drawn. Lengths in ems of their own size. */
export interface CaptionLook {
  name: LookName;
  position: Position;
  /** #rrggbb of the word that is said; undefined where it looks like the others. */
  accent: string | undefined;
  bold: boolean;
  /** On a box of this padding instead of with an outline. */
  boxed: boolean;
  outline: number;
  shadow: number;
  /** Height of an em. */
  emPx: number;
}

/** An amber that is told from white at a glance and is legible over any picture. */
const ACCENT = '#ffc83d';

/** Bold letters are about this much wider, so they are drawn that much smaller: lines break alike in all looks. */
const BOLD_SIZE = 0.94;
/** One word alone may be large. */
const WORD_SIZE = 1.7;

/** What a style asks for, with Aura's choice for what it leaves open or what nobody knows. */
export function captionLook(style: CaptionStyle | undefined, layout: CaptionLayout): CaptionLook {
  const name = nameOf(style?.look);
  const asked = /^#[0-9a-f]{6}$/i.test(style?.accent ?? '') ? style?.accent : undefined;
  const boxed = name === 'boxed';
  return {
    name,
    position: positionOf(style?.position),
    accent: name === 'karaoke' ? (asked ?? ACCENT) : name === 'word' ? asked : undefined,
    bold: !boxed,
    boxed,
    outline: boxed ? 0 : name === 'clean' ? 0.07 : 0.09,
    shadow: boxed ? layout.paddingPx / layout.emPx : 0.035,
    emPx: layout.emPx * (boxed ? 1 : name === 'word' ? WORD_SIZE : BOLD_SIZE),
  };
}

function nameOf(look: string | undefined): LookName {
  return look === 'clean' || look === 'karaoke' || look === 'word' ? look : 'boxed';
}

function positionOf(position: string | undefined): Position {
  return position === 'middle' || position === 'top' ? position : 'bottom';
}
