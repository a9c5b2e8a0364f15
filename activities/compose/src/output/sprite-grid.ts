import type { Size } from '../size.js';

/** A sheet of small pictures of the film, one every so many seconds, row by row. */
export interface SpriteGrid {
  everyS: number;
  count: number;
  columns: number;
  rows: number;
  /** Of one small picture. */
  widthPx: number;
  heightPx: number;
}

const MOST = 100;
const COLUMNS = 10;
const LONG_SIDE_PX = 160;

export function spriteGrid(durationMs: number, { widthPx, heightPx }: Size): SpriteGrid {
  const everyS = Math.max(1, Math.ceil(durationMs / 1_000 / MOST));
  const count = Math.max(1, Math.ceil(durationMs / 1_000 / everyS));
  const scale = LONG_SIDE_PX / Math.max(widthPx, heightPx);
  const even = (px: number) => Math.max(2, 2 * Math.round((px * scale) / 2));
  return {
    everyS,
    count,
    columns: Math.min(COLUMNS, count),
    rows: Math.ceil(count / COLUMNS),
    widthPx: even(widthPx),
    heightPx: even(heightPx),
  };
}

/** WebVTT whose cues name parts of the sheet (W3C Media Fragments), as players expect for scrubbing. */
export function spriteCues(grid: SpriteGrid, durationMs: number, sheet: string): string {
  const { everyS, count, columns, widthPx, heightPx } = grid;
  const cues = Array.from({ length: count }, (_, index) => {
    const fromMs = index * everyS * 1_000;
    const toMs = Math.min(durationMs, fromMs + everyS * 1_000);
    const [x, y] = [(index % columns) * widthPx, Math.floor(index / columns) * heightPx];
    return `${clock(fromMs)} --> ${clock(toMs)}\n${sheet}#xywh=${x},${y},${widthPx},${heightPx}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

function clock(ms: number): string {
  return new Date(Math.round(ms)).toISOString().slice(11, 23);
}
