import type { Planes, Size } from './frame-planes.js';
import type { Kernel } from './kernel.js';
import type { Sprite } from './render-plan.js';

const PAD = 16;

/** One resolution of a sprite: planes that lie as the kernel expects them, with nothing around. */
interface Layout {
  stride: number;
  width: number;
  rows: number;
}

/** A sprite in memory, premultiplied. Its planes are addresses of their first pixels. */
export interface LoadedSprite {
  fine: Layout;
  coarse: Layout;
  y: number;
  alpha: number;
  u: number;
  v: number;
  alphaHalf: number;
}

/** Takes room for a sprite of this size; odd sizes are made even. */
export function takeSprite(kernel: Kernel, { widthPx, heightPx }: Size): LoadedSprite {
  const [width, rows] = [even(widthPx), even(heightPx)];
  const fine = { stride: strideOf(width), width, rows };
  const coarse = { stride: strideOf(width / 2), width: width / 2, rows: rows / 2 };
  const take = ({ stride, rows: inner }: Layout) =>
    kernel.take(stride * (inner + 3)) + stride + PAD;
  return {
    fine,
    coarse,
    y: take(fine),
    alpha: take(fine),
    u: take(coarse),
    v: take(coarse),
    alphaHalf: take(coarse),
  };
}

function strideOf(width: number): number {
  return Math.ceil(width / 16) * 16 + 3 * PAD;
}

function even(px: number): number {
  return 2 * Math.ceil(px / 2);
}

/** Takes a sprite's pixels over, two rows at a time through `rows`, which has room for them. */
export function loadSprite(
  kernel: Kernel,
  loaded: LoadedSprite,
  { sprite, rows }: { sprite: Sprite; rows: number },
): void {
  const { fine, coarse } = loaded;
  const rowBytes = sprite.widthPx * 4;
  for (let pair = 0; pair < fine.rows / 2; pair += 1) {
    const room = kernel.bytes(rows, fine.width * 8).fill(0);
    for (const row of [0, 1]) {
      const from = (2 * pair + row) * rowBytes;
      room.set(sprite.rgba.subarray(from, from + rowBytes), row * fine.width * 4);
    }
    const above = 2 * pair * fine.stride;
    const half = pair * coarse.stride;
    const luma = [loaded.y + above, loaded.alpha + above, fine.stride];
    kernel.fromRgba(
      rows,
      fine.width,
      ...luma,
      ...[loaded.u, loaded.v, loaded.alphaHalf].map((at) => at + half),
    );
  }
}

/** Pixels of a frame, from `left` until before `right`. */
export interface Clip {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface SpritePlace {
  x: number;
  y: number;
  /** 0 to 1. */
  opacity: number;
  clip: Clip;
}

/** Draws a sprite over a frame; `room` takes a sprite of this size that lies between pixels. */
export function drawSprite(
  kernel: Kernel,
  sprite: LoadedSprite,
  { to: [luma, u, v], place, room }: { to: Planes; place: SpritePlace; room: LoadedSprite },
): void {
  const opacity = Math.round(place.opacity * 256);
  if (opacity <= 0) return;
  const { y, alpha, alphaHalf } = sprite;
  const whole = { layout: sprite.fine, x: place.x, y: place.y, clip: place.clip };
  const fine = placed(kernel, whole, { from: [y, alpha], room: [room.y, room.alpha] });
  for (const { row, width, rows, offset } of visible(fine)) {
    const at = luma.at + row * luma.width + fine.left;
    const [colour = 0, cover = 0] = fine.planes.map((plane) => plane + offset);
    kernel.overlay(at, luma.width, colour, cover, fine.stride, width, rows, opacity);
  }
  const half = { layout: sprite.coarse, x: place.x / 2, y: place.y / 2, clip: halved(place.clip) };
  const coarse = placed(kernel, half, {
    from: [sprite.u, sprite.v, alphaHalf],
    room: [room.u, room.v, room.alphaHalf],
  });
  for (const { row, width, rows, offset } of visible(coarse)) {
    const at = row * u.width + coarse.left;
    const [blue = 0, red = 0, cover = 0] = coarse.planes.map((plane) => plane + offset);
    kernel.overlay(u.at + at, u.width, blue, cover, coarse.stride, width, rows, opacity);
    kernel.overlay(v.at + at, v.width, red, cover, coarse.stride, width, rows, opacity);
  }
}

function halved({ left, top, right, bottom }: Clip): Clip {
  return {
    left: Math.floor(left / 2),
    top: Math.floor(top / 2),
    right: Math.ceil(right / 2),
    bottom: Math.ceil(bottom / 2),
  };
}

interface PlacedPlanes extends Clip {
  planes: number[];
  stride: number;
  /** Where the planes' first pixel lies in the frame. */
  originX: number;
  originY: number;
}

/** Moves planes between pixels where they lie so, and says what of them is seen. */
function placed(
  kernel: Kernel,
  { layout, x, y, clip }: { layout: Layout; x: number; y: number; clip: Clip },
  { from, room }: { from: number[]; room: number[] },
): PlacedPlanes {
  const { stride, width, rows } = layout;
  const [sixteenthsX, sixteenthsY] = [Math.round(x * 16), Math.round(y * 16)];
  const [originX, originY] = [Math.floor(sixteenthsX / 16), Math.floor(sixteenthsY / 16)];
  const [right, down] = [sixteenthsX - originX * 16, sixteenthsY - originY * 16];
  const moved = right + down > 0;
  if (moved) {
    for (const [index, plane] of from.entries()) {
      kernel.shift(plane, room[index] ?? 0, stride, width, rows, right, down);
    }
  }
  return {
    planes: moved ? room : from,
    stride,
    originX,
    originY,
    left: Math.max(originX, clip.left),
    top: Math.max(originY, clip.top),
    right: Math.min(originX + width + (right > 0 ? 1 : 0), clip.right),
    bottom: Math.min(originY + rows + (down > 0 ? 1 : 0), clip.bottom),
  };
}

/** One piece, or none where nothing is seen. */
function visible({ stride, originX, originY, left, top, right, bottom }: PlacedPlanes) {
  if (left >= right || top >= bottom) return [];
  const offset = (top - originY) * stride + (left - originX);
  return [{ row: top, width: right - left, rows: bottom - top, offset }];
}
