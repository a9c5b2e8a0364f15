import { planesAt, type Plane, type Planes, type Size } from './frame-planes.js';
import type { Kernel } from './kernel.js';
import type { Still } from './render-plan.js';

/** Room beside the rows of a source, where its ends are repeated. */
const PAD_BEFORE = 16;
const PAD_BEHIND = 32;

/** A picture in memory, ready to be looked at through windows. */
export interface LoadedStill {
  planes: Planes;
  strides: readonly [number, number, number];
  size: Size;
}

/** A part of a source: its left upper corner and how many of its pixels become one of the frame. */
export interface Window {
  x: number;
  y: number;
  step: number;
}

/** Takes room for a still; `load` fills it. */
export function takeStill(kernel: Kernel, size: Size): LoadedStill {
  const [luma, u, v] = planesAt(0, size);
  const [first, second, third] = [luma, u, v].map(({ width, rows }) => {
    const stride = PAD_BEFORE + Math.ceil((width + PAD_BEHIND) / 16) * 16;
    return { at: kernel.take(stride * rows) + PAD_BEFORE, width, rows, stride };
  });
  if (!first || !second || !third) throw new TypeError('a frame has three planes');
  return {
    planes: [first, second, third],
    strides: [first.stride, second.stride, third.stride],
    size,
  };
}

/** Takes the bytes of a still over, two rows at a time through `rows`, which has room for them. */
export function loadStill(
  kernel: Kernel,
  { planes: [luma, u, v], strides, size }: LoadedStill,
  { still, rows }: { still: Still; rows: number },
): void {
  const bytes = size.widthPx * 6;
  for (let pair = 0; pair < size.heightPx / 2; pair += 1) {
    kernel.bytes(rows, bytes).set(still.rgb.subarray(pair * bytes, (pair + 1) * bytes));
    const upper = luma.at + 2 * pair * strides[0];
    const chroma = pair * strides[1];
    kernel.fromRgb(rows, size.widthPx, upper, upper + strides[0], u.at + chroma, v.at + chroma);
  }
  for (const [index, plane] of [luma, u, v].entries()) {
    kernel.pad(plane.at, strides[index] ?? 0, plane.width, plane.rows);
  }
}

/** What drawing through windows needs beside source and frame. */
export interface WindowTools {
  lut: number;
  table: number;
  bases: number;
  ring: number;
}

const PHASES = 1_024;
const TAPS = 4;
const BYTES_PER_COLUMN = 12;

export function takeWindowTools(kernel: Kernel, { widthPx }: Size): WindowTools {
  const padded = Math.ceil(widthPx / 16) * 16 + 16;
  const tools = {
    lut: kernel.take((PHASES + 1) * TAPS * 2),
    table: kernel.take(padded * BYTES_PER_COLUMN),
    bases: kernel.take(padded),
    ring: kernel.take(padded * 2 * 8),
  };
  const weights = catmullRom();
  kernel.bytes(tools.lut, weights.byteLength).set(new Uint8Array(weights.buffer));
  return tools;
}

/**
 * Cubic convolution with a = −1/2 (Keys 1981), in units of 1/16384 that add up to one whole. It reproduces what
 * is linear exactly, so that what moves evenly is drawn so.
 */
function catmullRom(): Int16Array {
  const weights = new Int16Array((PHASES + 1) * TAPS);
  for (let phase = 0; phase <= PHASES; phase += 1) {
    const t = phase / PHASES;
    const exact = [
      -0.5 * t ** 3 + t ** 2 - 0.5 * t,
      1.5 * t ** 3 - 2.5 * t ** 2 + 1,
      -1.5 * t ** 3 + 2 * t ** 2 + 0.5 * t,
      0.5 * t ** 3 - 0.5 * t ** 2,
    ].map((weight) => Math.round(weight * 16_384));
    const sum = exact.reduce((total, weight) => total + weight, 0);
    const largest = t < 0.5 ? 1 : 2;
    exact[largest] = (exact[largest] ?? 0) + 16_384 - sum;
    weights.set(exact, phase * TAPS);
  }
  return weights;
}

/** Draws what a window shows of a still into the frame at an address. */
export function drawWindow(
  kernel: Kernel,
  still: LoadedStill,
  { window, tools, to }: { window: Window; tools: WindowTools; to: Planes },
): void {
  for (const [index, target] of to.entries()) {
    const source = still.planes[index];
    const stride = still.strides[index];
    if (!source || stride === undefined) continue;
    drawPlane(
      kernel,
      { source, stride, target },
      { start: startsOf(window, index > 0), window, tools },
    );
  }
}

/**
 * Where the first sample of the frame lies in the source: pixels are squares around their middles, and samples of
 * chroma lie beside the even columns, between the rows.
 */
function startsOf({ x, y, step }: Window, isChroma: boolean): { x: number; y: number } {
  const left = x + (step - 1) / 2;
  return isChroma ? { x: left / 2, y: (y + step - 1) / 2 } : { x: left, y: y + (step - 1) / 2 };
}

function drawPlane(
  kernel: Kernel,
  { source, stride, target }: { source: Plane; stride: number; target: Plane },
  { start, window, tools }: { start: { x: number; y: number }; window: Window; tools: WindowTools },
): void {
  const { step } = window;
  const { lut, table, bases, ring } = tools;
  const isWhole = step === 1 && Number.isInteger(start.x) && Number.isInteger(start.y);
  const fits =
    start.x >= 0 &&
    start.y >= 0 &&
    start.x + target.width <= source.width &&
    start.y + target.rows <= source.rows;
  if (isWhole && fits) {
    const from = source.at + start.y * stride + start.x;
    kernel.copyRows(from, stride, target.at, target.width, target.width, target.rows);
    return;
  }
  kernel.columns(table, bases, lut, target.width, source.width, start.x, step);
  const size = [target.at, target.width, target.rows];
  const way = [table, bases, lut, ring, start.y, step];
  kernel.resample(source.at, stride, source.rows, ...size, ...way);
}
