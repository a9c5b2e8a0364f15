import type { Sprite } from '@aura/compositor';

/** A part of a picture. */
export interface Box {
  x: number;
  y: number;
  widthPx: number;
  heightPx: number;
}

/** A picture in RGBA whose colours are multiplied with its alpha, 8 bit a channel. */
export interface Pixels {
  widthPx: number;
  heightPx: number;
  data: Uint8Array;
}

export function emptyPixels(widthPx: number, heightPx: number): Pixels {
  return { widthPx, heightPx, data: new Uint8Array(widthPx * heightPx * 4) };
}

/**
 * A picture from how it looks over black and over white, both RGB: colours are those over black, and what shines
 * through of the white is what they do not cover. FFmpeg's own alpha is wrong for what is half transparent.
 */
export function uncovered(overBlack: Uint8Array, overWhite: Uint8Array, widthPx: number): Pixels {
  const count = overBlack.length / 3;
  const pixels = emptyPixels(widthPx, count / widthPx);
  const { data } = pixels;
  for (let index = 0; index < count; index += 1) {
    const from = index * 3;
    const to = index * 4;
    const green = overBlack[from + 1] ?? 0;
    const alpha = 255 - Math.max(0, (overWhite[from + 1] ?? 0) - green);
    if (alpha === 0) continue;
    data[to] = overBlack[from] ?? 0;
    data[to + 1] = green;
    data[to + 2] = overBlack[from + 2] ?? 0;
    data[to + 3] = alpha;
  }
  return pixels;
}

/** The smallest box around all pixels of at least that alpha, undefined where there is none. */
export function coveredBox({ widthPx, heightPx, data }: Pixels, minAlpha = 1): Box | undefined {
  const edges = { left: widthPx, right: -1, top: heightPx, bottom: -1 };
  for (let y = 0; y < heightPx; y += 1) {
    const row = y * widthPx * 4 + 3;
    for (let x = 0; x < widthPx; x += 1) {
      if ((data[row + x * 4] ?? 0) < minAlpha) continue;
      if (x < edges.left) edges.left = x;
      if (x > edges.right) edges.right = x;
      if (y < edges.top) edges.top = y;
      edges.bottom = y;
    }
  }
  if (edges.right < 0) return undefined;
  return {
    x: edges.left,
    y: edges.top,
    widthPx: edges.right - edges.left + 1,
    heightPx: edges.bottom - edges.top + 1,
  };
}

/** The same or a little more, on whole pairs of pixels: two pixels share their colour in the film. */
export function evenBox({ x, y, widthPx, heightPx }: Box, within: Omit<Pixels, 'data'>): Box {
  const left = x - (x % 2);
  const top = y - (y % 2);
  const right = Math.min(within.widthPx, x + widthPx + ((x + widthPx) % 2));
  const bottom = Math.min(within.heightPx, y + heightPx + ((y + heightPx) % 2));
  return { x: left, y: top, widthPx: right - left, heightPx: bottom - top };
}

export function cropped(pixels: Pixels, { x, y, widthPx, heightPx }: Box): Pixels {
  const part = emptyPixels(widthPx, heightPx);
  for (let row = 0; row < heightPx; row += 1) {
    const from = ((y + row) * pixels.widthPx + x) * 4;
    part.data.set(pixels.data.subarray(from, from + widthPx * 4), row * widthPx * 4);
  }
  return part;
}

/** Makes a part of a picture transparent. */
export function clearBox({ widthPx, data }: Pixels, box: Box): void {
  for (let row = box.y; row < box.y + box.heightPx; row += 1) {
    const from = (row * widthPx + box.x) * 4;
    data.fill(0, from, from + box.widthPx * 4);
  }
}

/** Lays a picture over another at a place; what would lie outside is left out. */
export function layOver(under: Pixels, over: Pixels, at: { x: number; y: number }): void {
  for (let row = 0; row < over.heightPx; row += 1) {
    for (let column = 0; column < over.widthPx; column += 1) {
      const [x, y] = [at.x + column, at.y + row];
      if (x < 0 || y < 0 || x >= under.widthPx || y >= under.heightPx) continue;
      const from = (row * over.widthPx + column) * 4;
      const to = (y * under.widthPx + x) * 4;
      const seen = 1 - (over.data[from + 3] ?? 0) / 255;
      for (let channel = 0; channel < 4; channel += 1)
        under.data[to + channel] = Math.round(
          (over.data[from + channel] ?? 0) + (under.data[to + channel] ?? 0) * seen,
        );
    }
  }
}

/** As the compositor takes it: colours not multiplied with alpha. */
export function spriteOf({ widthPx, heightPx, data }: Pixels): Sprite {
  const rgba = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] ?? 0;
    if (alpha === 0) continue;
    const scale = 255 / alpha;
    rgba[at] = Math.min(255, Math.round((data[at] ?? 0) * scale));
    rgba[at + 1] = Math.min(255, Math.round((data[at + 1] ?? 0) * scale));
    rgba[at + 2] = Math.min(255, Math.round((data[at + 2] ?? 0) * scale));
    rgba[at + 3] = alpha;
  }
  return { widthPx, heightPx, rgba };
}

/** The other way round. */
export function premultiplied({ widthPx, heightPx, rgba }: Sprite): Pixels {
  const pixels = emptyPixels(widthPx, heightPx);
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] ?? 0;
    for (let channel = 0; channel < 3; channel += 1)
      pixels.data[at + channel] = Math.round(((rgba[at + channel] ?? 0) * alpha) / 255);
    pixels.data[at + 3] = alpha;
  }
  return pixels;
}
