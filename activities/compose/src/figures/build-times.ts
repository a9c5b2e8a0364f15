import { framesOf, type FrameRate } from '@aura/proto';
import type { Entrance, FigurePart } from '@aura/drawing';

/** Frames that one part of a figure comes in. */
export interface BuildTime {
  from: number;
  frames: number;
}

export interface BuildSpan {
  /** The first frame that the figure has for itself, and the one after its last. */
  from: number;
  to: number;
  rate: FrameRate;
}

/** How long a part takes to come, ms. */
const ENTRANCE_MS: Record<Entrance, number> = {
  fade: 450,
  rise: 550,
  count: 1_500,
  'grow-from-left': 850,
  'grow-from-right': 850,
  'grow-from-top': 850,
  'grow-from-bottom': 850,
};
/** A diagram over time is drawn as slowly as it is looked at. */
const DIAGRAM_MS = 1_400;
const LEAD_MS = 120;
/** Between two steps: of what is seen at once, and the least and the most of what is read meanwhile. */
const SEEN_GAP_MS = 280;
const READ_GAP_MS = { least: 260, most: 2_400 };
/** What is read comes within this share of the time, so that it is whole while it is spoken of. */
const READ_SHARE = 0.6;
/** Whatever comes is there after this share of the time, and stays. */
const MOST_SHARE = 0.8;

/** When each part of a figure comes: step after step, never so late that the whole is not seen. Pure. */
export function buildTimes(
  parts: readonly FigurePart[],
  isRead: boolean,
  { from, to, rate }: BuildSpan,
): BuildTime[] {
  const spanMs = (1_000 * (to - from) * rate.denominator) / rate.numerator;
  const steps = Math.max(0, ...parts.map(({ step }) => step));
  const wanted = (READ_SHARE * spanMs) / Math.max(1, steps);
  const { least, most } = READ_GAP_MS;
  const gapMs = isRead ? Math.min(most, Math.max(least, wanted)) : SEEN_GAP_MS;
  const lasts = parts.map(({ step, ...part }) => LEAD_MS + step * gapMs + entranceMs(part));
  const hurry = Math.min(1, (MOST_SHARE * spanMs) / Math.max(1, ...lasts));
  return parts.map((part) => {
    const first = from + framesOf((LEAD_MS + part.step * gapMs) * hurry, rate);
    const frames = Math.max(1, framesOf(entranceMs(part) * hurry, rate));
    return { from: Math.min(first, to - 1), frames: Math.min(frames, Math.max(1, to - first)) };
  });
}

function entranceMs({ enter, fixed }: Pick<FigurePart, 'enter' | 'fixed'>): number {
  return fixed && enter.startsWith('grow') ? DIAGRAM_MS : ENTRANCE_MS[enter];
}
