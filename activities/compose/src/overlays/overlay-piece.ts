import type { Sprite, SpriteLayer } from '@aura/compositor';
import type { FontLibrary } from '@aura/drawing';
import type { FrameRate, Overlay } from '@aura/proto';

/** What overlays are drawn for. */
export interface OverlayFrame {
  widthPx: number;
  heightPx: number;
  rate: FrameRate;
  /** BCP 47: which side lines begin at, and how numbers are written. */
  language: string;
}

export interface OverlayTools {
  fonts: FontLibrary;
  /** Where the picture of an overlay lies in the working folder, by its hash; a name of ours. */
  fileOf: (sha256: string) => string;
  clips: ClipTools;
}

/** How videos that lie over the picture are read. */
export interface ClipTools {
  ffmpegPath: string;
  folder: string;
  signal: AbortSignal | undefined;
  limitMs: number;
}

/** What an overlay is drawn as: pieces of one box that move together. */
export interface OverlayDrawing {
  widthPx: number;
  heightPx: number;
  pieces: OverlayPiece[];
}

export interface OverlayPiece {
  /** More than one are shown one after the other. All of one size. */
  sprites: Sprite[];
  every?: number;
  /** In which order, by index; each once unless given. */
  order?: number[];
  /** The first frame that it is seen in; the overlay's own unless given. */
  from?: number;
  /** Left upper corner within the box. */
  xPx: number;
  yPx: number;
  reveal?: SpriteLayer['reveal'];
}

/** A colour as it may stand in an SVG; anything else becomes ours. */
export function colourOr(colour: string | undefined, ours: string): string {
  return colour !== undefined && /^#[0-9a-f]{6}$/i.test(colour) ? colour.toLowerCase() : ours;
}

/** Lengths of overlays are shares of this, px. */
export function shortSide({
  widthPx,
  heightPx,
}: Pick<OverlayFrame, 'widthPx' | 'heightPx'>): number {
  return Math.min(widthPx, heightPx);
}

export type AnchorSide = 'start' | 'center' | 'end';

/** Where an anchor lies across and down the frame. */
export function sidesOf(anchor: string): { across: AnchorSide; down: AnchorSide } {
  const across = anchor.endsWith('left') ? 'start' : anchor.endsWith('right') ? 'end' : 'center';
  const down = anchor.startsWith('top') ? 'start' : anchor.startsWith('bottom') ? 'end' : 'center';
  return { across, down };
}

const USUAL_ANCHOR: Record<string, string> = {
  text: 'centre',
  'lower-third': 'bottom-left',
  picture: 'top-right',
  clip: 'bottom-right',
  progress: 'bottom',
};

export function anchorOf({ kind, place }: Pick<Overlay, 'kind' | 'place'>): string {
  return place?.anchor || (USUAL_ANCHOR[kind] ?? 'centre');
}
