import type { RenderPlan, Sprite, Still, VisualLayer } from '../render-plan.js';
import { painterOf } from '../painter.js';

export const FRAME = { widthPx: 128, heightPx: 72 };

/** A plan of nothing but what is given. */
export function planOf(parts: Partial<RenderPlan>): RenderPlan {
  return {
    ...FRAME,
    frames: 1,
    stills: [],
    clips: [],
    sprites: [],
    visuals: [],
    layers: [],
    ...parts,
  };
}

/** A layer that fills the frame with a whole still of the frame's width for the whole plan. */
export function shown(
  source: VisualLayer['source'],
  changes: Partial<VisualLayer> = {},
): VisualLayer {
  return { source, from: 0, to: 1_000, window: { x: 0, y: 0, width: FRAME.widthPx }, ...changes };
}

export function stillOf(
  colourAt: (x: number, y: number) => readonly [number, number, number],
  size = FRAME,
): Still {
  const rgb = new Uint8Array(size.widthPx * size.heightPx * 3);
  for (let y = 0; y < size.heightPx; y += 1) {
    for (let x = 0; x < size.widthPx; x += 1) rgb.set(colourAt(x, y), (y * size.widthPx + x) * 3);
  }
  return { ...size, rgb };
}

export function spriteOf(
  widthPx: number,
  heightPx: number,
  pixelAt: (x: number, y: number) => readonly [number, number, number, number],
): Sprite {
  const rgba = new Uint8Array(widthPx * heightPx * 4);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) rgba.set(pixelAt(x, y), (y * widthPx + x) * 4);
  }
  return { widthPx, heightPx, rgba };
}

/** All frames of a plan without clips. */
export async function framesOf(plan: RenderPlan): Promise<Uint8Array[]> {
  const painter = painterOf(plan, () => Promise.resolve(false));
  const frames: Uint8Array[] = [];
  for (let frame = 0; frame < plan.frames; frame += 1) {
    frames.push(Uint8Array.from(await painter.paint(frame)));
  }
  return frames;
}

export function lumaOf(frame: Uint8Array, { widthPx, heightPx } = FRAME): Uint8Array {
  return frame.subarray(0, widthPx * heightPx);
}

/** Peak signal to noise of two pictures in dB; infinite where they are equal. */
export function psnr(a: Uint8Array, b: Uint8Array): number {
  const error = a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0) / a.length;
  return error === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(255 ** 2 / error);
}

/** A hilly landscape of colours, as smooth as photographs are. */
export function hills(x: number, y: number): [number, number, number] {
  const wave = (fx: number, fy: number, phase: number) =>
    127 + 60 * Math.sin(x * fx + phase) + 55 * Math.cos(y * fy - phase + x * 0.03);
  return [wave(0.11, 0.13, 0), wave(0.21, 0.07, 1), wave(0.05, 0.23, 2)];
}
