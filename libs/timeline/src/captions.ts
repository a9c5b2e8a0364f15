import { framesOf, type Caption, type CaptionWord, type FrameRate } from '@aura/proto';
import type { FrameSpan } from './overlays.js';

/** A caption in milliseconds from the start of what it belongs to. */
export interface TimedCaption {
  startMs: number;
  endMs: number;
  lines: string[];
  words?: { text: string; startMs: number; endMs: number }[] | undefined;
}

/**
 * Captions in whole frames from `span.start` on, in order, within the span and never two at a time. What is said
 * within less than a frame of its neighbour still shows for a frame.
 */
export function captionsFrom(
  timed: readonly TimedCaption[],
  span: FrameSpan,
  rate: FrameRate,
): Caption[] {
  const captions: Caption[] = [];
  let free = 0;
  for (const { startMs, endMs, lines, words = [] } of timed) {
    const start = Math.max(free, framesOf(startMs, rate));
    const end = Math.min(span.frames, Math.max(start + 1, framesOf(endMs, rate)));
    if (end <= start) continue;
    free = end;
    const said = wordsFrom(words, { start, frames: end - start }, rate);
    captions.push(later({ start, frames: end - start, lines, words: said }, span.start));
  }
  return captions;
}

/** Captions that show within a span, in its time: one may begin before it and end after it. */
export function captionsIn(captions: readonly Caption[], span: FrameSpan): Caption[] {
  return captions
    .filter(({ start, frames }) => start < span.start + span.frames && start + frames > span.start)
    .map((caption) => later(caption, -span.start));
}

function later(caption: Caption, byFrames: number): Caption {
  return {
    ...caption,
    start: caption.start + byFrames,
    words: caption.words.map((word) => ({ ...word, start: word.start + byFrames })),
  };
}

function wordsFrom(
  words: NonNullable<TimedCaption['words']>,
  { start: first, frames }: FrameSpan,
  rate: FrameRate,
): CaptionWord[] {
  const last = first + frames;
  let free = first;
  return words.map(({ text, startMs, endMs }) => {
    const start = Math.min(last - 1, Math.max(free, framesOf(startMs, rate)));
    const end = Math.min(last, Math.max(start + 1, framesOf(endMs, rate)));
    free = Math.min(end, last - 1);
    return { text, start, frames: end - start };
  });
}
