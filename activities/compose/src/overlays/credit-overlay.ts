import {
  creditOf,
  framesOf,
  rateOf,
  type EncodeSegmentRequest,
  type Overlay,
  type RenderSpec,
} from '@aura/proto';
import { shorten } from '@aura/drawing';
import type { Fragment } from '@aura/timeline';
import { safeAreaOf } from '../captions/safe-area.js';
import { anchorOf } from './overlay-piece.js';

/** How long it is read, from when the picture has come. */
const SHOWN_MS = 4_000;
/** Height of the letters' em, as a share of the frame's short side: small, and still to be read. */
const SIZE = 0.032;
/** On a dark ground: the words are read over a bright sky too. */
const GROUND = '#10151c';
const OPACITY = 0.75;
/** A longer name is cut here: all of it stands in the film's metadata. */
const MOST_NAME = 32;

/** What stills and clips are called; other languages have the names alone. */
const WORDS: Record<string, { still: string; clip: string }> = {
  en: { still: 'Photo', clip: 'Video' },
  de: { still: 'Foto', clip: 'Video' },
  fr: { still: 'Photo', clip: 'Vidéo' },
  es: { still: 'Foto', clip: 'Vídeo' },
  it: { still: 'Foto', clip: 'Video' },
  pt: { still: 'Foto', clip: 'Vídeo' },
  nl: { still: 'Foto', clip: 'Video' },
};

/**
 * Names in a corner whose picture a segment shows, where somebody has to be named and the style does not do without.
 * In frames of the segment. Pure.
 */
export function creditOverlay(
  { render, style, shot, language }: EncodeSegmentRequest,
  { visuals, overlays }: Pick<Fragment, 'visuals' | 'overlays'>,
): Overlay | undefined {
  const { attribution, clip } = shot.picture;
  if (!attribution || style?.credits === false) return undefined;
  const comesIn = visuals.at(-1)?.transition?.frames ?? 0;
  const start = comesIn < shot.frames ? comesIn : 0;
  const named = { ...attribution, author: shorten(attribution.author, MOST_NAME) };
  const word = WORDS[language.split(/[-_]/)[0]!.toLowerCase()]?.[clip ? 'clip' : 'still'];
  const side = style?.captions?.position === 'top' ? 'bottom' : 'top';
  return {
    kind: 'text',
    start,
    frames: Math.min(framesOf(SHOWN_MS, rateOf(render)), shot.frames - start),
    place: {
      anchor: freeCorner(side, overlays),
      margin: safeMargin(render, side),
      width: 0,
      toAnchor: '',
    },
    opacity: OPACITY,
    animation: 'fade',
    lines: [[word, creditOf(named)].filter((part) => part !== undefined).join(': ')],
    text: { size: SIZE, colour: '', background: GROUND },
    radius: 0,
    border: 0,
    colour: '',
  };
}

type Side = 'top' | 'bottom';

/** On the side without captions; the right corner where something else of the film stands in the left one alone. */
function freeCorner(side: Side, overlays: readonly Overlay[]): string {
  const taken = new Set(overlays.map(anchorOf));
  const [left, right] = [`${side}-left`, `${side}-right`];
  return taken.has(left) && !taken.has(right) ? right : left;
}

/** As a share of the short side: within what a platform leaves free, across and down. */
function safeMargin(render: RenderSpec, side: Side): number {
  const { widthPx, heightPx } = render;
  const safe = safeAreaOf(render);
  const far = Math.max(heightPx * safe[side], widthPx * Math.max(safe.left, safe.right));
  return Number((far / Math.min(widthPx, heightPx)).toFixed(4));
}
