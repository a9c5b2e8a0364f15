import type { Keyframe, SpriteLayer, Track } from '@aura/compositor';
import { CAPTIONS_FROM, frameShape } from '@aura/drawing';
import type { Overlay } from '@aura/proto';
import { overlayTiming } from '@aura/timeline';
import {
  anchorOf,
  shortSide,
  sidesOf,
  type AnchorSide,
  type OverlayDrawing,
  type OverlayFrame,
} from './overlay-piece.js';

interface Point {
  x: number;
  y: number;
}

/** How far an overlay slides, as a share of the frame's short side: from near its place, not from beyond the edge. */
const SLIDE = 0.12;
/** A lower third stands this far above the captions, as a share of the frame's short side. */
const ABOVE_CAPTIONS = 0.025;

/** When and where the pieces of an overlay are seen; layers name sprites from `first` on. Pure. */
export function placeOverlay(
  overlay: Overlay,
  drawing: OverlayDrawing,
  { frame, first }: { frame: OverlayFrame; first: number },
): SpriteLayer[] {
  const { start, frames } = overlay;
  const at = pointOf(overlay, anchorOf(overlay), { drawing, frame });
  const to = overlay.place?.toAnchor ?? '';
  const way = to === '' ? at : pointOf(overlay, to, { drawing, frame });
  const slide = slideOf(overlay, frame);
  const opacity = opacityOf(overlay, frame);
  let next = first;
  return drawing.pieces.map(({ sprites, order, every, from = start, xPx, yPx, reveal }) => {
    const own = next;
    next += sprites.length;
    const indices = (order ?? [...sprites.keys()]).map((at) => own + at);
    return {
      sprites: indices,
      ...(every === undefined ? {} : { every }),
      from,
      to: start + frames,
      x: trackOf(overlay, { from: at.x + xPx, to: way.x + xPx, slide: slide.x, frame }),
      y: trackOf(overlay, { from: at.y + yPx, to: way.y + yPx, slide: slide.y, frame }),
      opacity,
      ...(reveal ? { reveal } : {}),
    };
  });
}

function pointOf(
  overlay: Overlay,
  anchor: string,
  { drawing, frame }: { drawing: OverlayDrawing; frame: OverlayFrame },
): Point {
  const { across, down } = sidesOf(anchor);
  const margin = (overlay.place?.margin ?? 0) * shortSide(frame);
  const { widthPx, heightPx } = frame;
  const x = along(across, widthPx, drawing.widthPx, margin);
  const y = along(down, heightPx, drawing.heightPx, margin);
  if (overlay.kind !== 'lower-third' || down !== 'end') return { x, y };
  // Where people read who speaks they read the captions too.
  const captions = heightPx * CAPTIONS_FROM[frameShape(widthPx, heightPx)];
  const above = captions - ABOVE_CAPTIONS * shortSide(frame) - drawing.heightPx;
  return { x, y: Math.max(0, Math.min(y, Math.round(above))) };
}

function along(side: AnchorSide, whole: number, own: number, margin: number): number {
  if (side === 'center') return Math.round((whole - own) / 2);
  return Math.round(side === 'start' ? margin : whole - own - margin);
}

/** Where it comes from, in px of its place: from the side that it stands at, in the middle from below. */
function slideOf(overlay: Overlay, frame: OverlayFrame): Point {
  if (overlay.animation !== 'slide') return { x: 0, y: 0 };
  const { across, down } = sidesOf(anchorOf(overlay));
  const far = SLIDE * shortSide(frame);
  if (across !== 'center') return { x: across === 'start' ? -far : far, y: 0 };
  return { x: 0, y: down === 'start' ? -far : far };
}

function trackOf(
  overlay: Overlay,
  { from, to, slide, frame }: { from: number; to: number; slide: number; frame: OverlayFrame },
): Track {
  const { start, frames } = overlay;
  const end = start + frames;
  if (from !== to) {
    return [
      { frame: start, value: from, easing: 'ease-in-out' },
      { frame: end, value: to },
    ];
  }
  const { inFrames, outFrames } = overlayTiming(overlay, frame.rate);
  if (slide === 0 || inFrames === 0) return from;
  return [
    { frame: start, value: from + slide, easing: 'ease-out' },
    { frame: start + inFrames, value: from },
    { frame: end - outFrames, value: from, easing: 'ease-in' },
    { frame: end, value: from + slide },
  ];
}

function opacityOf(overlay: Overlay, { rate }: OverlayFrame): Track {
  const { start, frames, animation } = overlay;
  const most = overlay.opacity > 0 ? Math.min(1, overlay.opacity) : 1;
  const { inFrames, outFrames } = overlayTiming(overlay, rate);
  if ((animation !== 'fade' && animation !== 'slide') || inFrames === 0) return most;
  const end = start + frames;
  const track: Keyframe[] = [
    { frame: start, value: 0, easing: 'ease-out' },
    { frame: start + inFrames, value: most },
    { frame: end - outFrames, value: most, easing: 'ease-in' },
    { frame: end, value: 0 },
  ];
  return track;
}
