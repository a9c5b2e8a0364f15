import type { Caption, CaptionStyle, RenderSpec } from '@aura/proto';
import { assDocument } from './ass-document.js';
import { assText } from './ass-text.js';
import type { CaptionLayout } from './caption-layout.js';
import { captionLook, type CaptionLook } from './caption-look.js';
import { captionStates, type CaptionState } from './caption-states.js';
import { withoutEmoji } from './emoji.js';
import { mainScriptOf } from './scripts.js';
import { widthOf } from './text-width.js';

export interface AssRequest {
  /** In frames of what they are drawn on. */
  captions: readonly Caption[];
  layout: CaptionLayout;
  frame: Pick<RenderSpec, 'widthPx' | 'heightPx'>;
  /** Frames per second. */
  fps: number;
  language: string;
  style?: CaptionStyle | undefined;
}

/**
 * Captions as an Advanced SubStation file, drawn by libass. Without colour pictographs, which libass does not draw.
 */
export function assFile({ captions, layout, frame, fps, language, style }: AssRequest): string {
  const look = captionLook(style, layout);
  const script = scriptOfCaptions(captions, language);
  const events = captionStates(captions, { look, fps }).flatMap((state) => {
    const visible = state.lines.map(withoutEmoji);
    if (visible.every((line) => line === '')) return [];
    const drawing = { look, script, language, emPx: emOf(state.lines, look, layout) };
    const text = assText(state.lines, { ...drawing, colourAt: saidColour(state, look) });
    return [{ ...frameTimes(state, fps), text }];
  });
  const stage = { widthPx: frame.widthPx, heightPx: frame.heightPx, offsetPx: 0 };
  return assDocument({ events, layout, look, script, stage, frame });
}

export function scriptOfCaptions(captions: readonly Caption[], language: string): string {
  return mainScriptOf(captions.flatMap(({ lines }) => lines).join('\n'), language);
}

/** One word alone shrinks until it fits; whole captions fit already. */
export function emOf(lines: readonly string[], look: CaptionLook, layout: CaptionLayout): number {
  const widest = Math.max(...lines.map((line) => widthOf(line).ems)) * BOLD_WIDTH;
  const widthPx = layout.maxLine.ems * layout.emPx;
  return look.name === 'word' ? Math.min(look.emPx, widthPx / Math.max(widest, 1)) : look.emPx;
}

const BOLD_WIDTH = 1.08;

/** Accent for the said word, as long as it is said. */
export function saidColour({ said }: CaptionState, { accent, name }: CaptionLook) {
  if (accent === undefined || (!said && name !== 'word')) return () => undefined;
  return (line: number, at: number) =>
    !said || (line === said.line && at >= said.from && at < said.to) ? accent : undefined;
}

/** A picture of frame n is shown at n ÷ fps: half a frame before is safely between two. */
function frameTimes({ from, to }: CaptionState, fps: number): { fromMs: number; toMs: number } {
  const half = 0.5;
  return {
    fromMs: Math.max(0, ((from - half) * 1_000) / fps),
    toMs: Math.max(0, ((to - half) * 1_000) / fps),
  };
}
