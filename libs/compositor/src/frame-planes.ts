import type { Kernel } from './kernel.js';

export interface Size {
  widthPx: number;
  heightPx: number;
}

/** One plane of a frame that lies in memory without gaps. */
export interface Plane {
  at: number;
  width: number;
  rows: number;
}

export type Planes = readonly [Plane, Plane, Plane];

/** What vectors may write over behind a frame's end. */
const SLACK_BYTES = 64;

export function frameBytes({ widthPx, heightPx }: Size): number {
  return (widthPx * heightPx * 3) / 2;
}

export function takeFrame(kernel: Kernel, size: Size): number {
  return kernel.take(frameBytes(size) + SLACK_BYTES);
}

/** Luma and both planes of chroma of the frame at an address. */
export function planesAt(at: number, { widthPx, heightPx }: Size): Planes {
  const luma = widthPx * heightPx;
  const half = { width: widthPx / 2, rows: heightPx / 2 };
  return [
    { at, width: widthPx, rows: heightPx },
    { at: at + luma, ...half },
    { at: at + luma + luma / 4, ...half },
  ];
}

/** Limited-range BT.709 of #rrggbb, as Rec. ITU-R BT.709-6 says in item 3. */
export function yuvOf(colour: string): [number, number, number] {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  if (r === undefined || g === undefined || b === undefined || Number.isNaN(r + g + b)) {
    return [16, 128, 128];
  }
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return [
    Math.round(16 + 219 * y),
    Math.round(128 + (224 * (b - y)) / 1.8556),
    Math.round(128 + (224 * (r - y)) / 1.5748),
  ];
}

export function fillFrame(
  kernel: Kernel,
  at: number,
  { size, colour }: { size: Size; colour: string },
): void {
  const values = yuvOf(colour);
  for (const [index, plane] of planesAt(at, size).entries()) {
    kernel.bytes(plane.at, plane.width * plane.rows).fill(values[index] ?? 128);
  }
}
