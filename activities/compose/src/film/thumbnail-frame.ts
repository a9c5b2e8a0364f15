import type { Interval } from '../checks/intervals.js';

const EARLIEST_MS = 500;

/**
 * The frame that stands for the film: in its first shot, when everything has faded in and no caption lies
 * over the picture, if there is such a moment.
 */
export function thumbnailFrame(cues: readonly Interval[], frames: number, fps: number): number {
  const last = frames - 1;
  const earliest = Math.min(Math.ceil((EARLIEST_MS * fps) / 1_000), last);
  for (let frame = earliest; frame <= last; frame += 1) {
    const atMs = (frame * 1_000) / fps;
    const slackMs = 1_000 / fps;
    if (cues.every(({ startMs, endMs }) => atMs < startMs - slackMs || atMs > endMs + slackMs)) {
      return frame;
    }
  }
  return earliest;
}
