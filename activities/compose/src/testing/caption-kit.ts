import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Sprite, SpriteLayer } from '@aura/compositor';
import { runFfmpeg } from '@aura/media';
import type { Caption } from '@aura/proto';
import { assFile } from '../captions/ass-file.js';
import { captionLayout } from '../captions/caption-layout.js';
import { captionSprites, type CaptionSpritesRequest } from '../captions/caption-sprites.js';
import type { Box } from '../captions/pixels.js';
import type { Sprites } from '../captions/sprite-layers.js';

/** A place where captions are drawn in both ways. */
export interface CaptionKit {
  folder: string;
  sprites(request: CaptionSpritesRequest): Promise<Sprites>;
  /** The same captions burned by libass into a film of a test chart, and the chart alone: planar YUV 4:2:0. */
  burned(request: CaptionSpritesRequest): Promise<{ bare: Buffer; burned: Buffer }>;
  remove(): Promise<void>;
}

export async function captionKit(): Promise<CaptionKit> {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-captions-'));
  const place = { ffmpegPath: 'ffmpeg', folder, signal: undefined };
  return {
    folder,
    sprites: (request) => captionSprites(request, place),
    async burned({ captions, render, fps, frames, language, style }) {
      const layout = captionLayout(render);
      const ass = assFile({ captions, layout, frame: render, fps, language, style });
      await writeFile(path.join(folder, 'burned.ass'), ass);
      const size = `${render.widthPx}x${render.heightPx}`;
      const chart = ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${fps},format=yuv420p`];
      const film = async (filter: string, file: string) => {
        const output = ['-frames:v', String(frames), '-f', 'rawvideo', file];
        const args = ['-nostdin', '-v', 'error', '-y', ...chart, '-vf', filter, ...output];
        await runFfmpeg('ffmpeg', args, { cwd: folder });
        return readFile(path.join(folder, file));
      };
      return {
        bare: await film('null', 'bare.yuv'),
        burned: await film('ass=filename=burned.ass', 'burned.yuv'),
      };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A caption of words that follow each other in steps of so many frames. */
export function captionOf(lines: string[], words: readonly string[], step = 5): Caption {
  return {
    start: 2,
    frames: words.length * step + 5,
    lines,
    words: words.map((text, index) => ({ text, start: 2 + index * step, frames: step })),
  };
}

/** What is seen of sprites at a frame. */
export function seenAt(
  { sprites, layers }: Sprites,
  frame: number,
): { sprite: Sprite; layer: SpriteLayer; box: Box }[] {
  return layers
    .filter(({ from, to }) => from <= frame && frame < to)
    .flatMap((layer) => {
      const sprite = sprites[layer.sprites[0] ?? -1];
      if (!sprite || typeof layer.x !== 'number' || typeof layer.y !== 'number') return [];
      const { widthPx, heightPx } = sprite;
      return [{ sprite, layer, box: { x: layer.x, y: layer.y, widthPx, heightPx } }];
    });
}

/**
 * What is seen, in limited-range BT.709, laid over a frame of planar YUV 4:2:0: the plainest compositor there is.
 * Boxes begin on even pixels.
 */
export function laidOver(
  frame: Uint8Array,
  widthPx: number,
  seen: ReturnType<typeof seenAt>,
): Uint8Array {
  const out = Float64Array.from(frame);
  const lumaSize = (frame.length * 2) / 3;
  for (const { sprite, box } of seen) {
    const colours = coloursOf(sprite);
    const chromaAt = lumaSize + ((box.y / 2) * widthPx) / 2 + box.x / 2;
    blend(out, colours.luma, { at: box.y * widthPx + box.x, pitch: widthPx });
    blend(out, colours.cb, { at: chromaAt, pitch: widthPx / 2 });
    blend(out, colours.cr, { at: chromaAt + lumaSize / 4, pitch: widthPx / 2 });
  }
  return Uint8Array.from(out, (value) => Math.round(value));
}

/** One colour of a sprite: values multiplied with the share that they cover. */
interface Plane {
  widthPx: number;
  values: Float64Array;
  shares: Float64Array;
}

function blend(
  out: Float64Array,
  { widthPx, values, shares }: Plane,
  { at, pitch }: { at: number; pitch: number },
): void {
  for (let index = 0; index < values.length; index += 1) {
    const to = at + Math.floor(index / widthPx) * pitch + (index % widthPx);
    out[to] = (values[index] ?? 0) + (out[to] ?? 0) * (1 - (shares[index] ?? 0));
  }
}

function coloursOf({ widthPx, heightPx, rgba }: Sprite) {
  const luma = plane(widthPx, heightPx);
  const [cb, cr] = [plane(widthPx / 2, heightPx / 2), plane(widthPx / 2, heightPx / 2)];
  for (let index = 0; index < luma.values.length; index += 1) {
    const [red, green, blue] = [0, 1, 2].map((channel) => rgba[index * 4 + channel] ?? 0);
    const share = (rgba[index * 4 + 3] ?? 0) / 255;
    const y = 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
    add(luma, index, { value: 16 + (y * 219) / 255, share });
    // Two by two pixels share their colour.
    const column = Math.floor((index % widthPx) / 2);
    const pair = Math.floor(index / widthPx / 2) * cb.widthPx + column;
    const level = (colour: number, range: number) => 128 + ((colour - y) / range) * (224 / 255);
    add(cb, pair, { value: level(blue ?? 0, 1.8556), share: share / 4 });
    add(cr, pair, { value: level(red ?? 0, 1.5748), share: share / 4 });
  }
  return { luma, cb, cr };
}

function plane(columns: number, rows: number): Plane {
  const count = columns * rows;
  return { widthPx: columns, values: new Float64Array(count), shares: new Float64Array(count) };
}

function add(to: Plane, at: number, { value, share }: { value: number; share: number }): void {
  to.values[at] = (to.values[at] ?? 0) + value * share;
  to.shares[at] = (to.shares[at] ?? 0) + share;
}

/** Peak signal-to-noise ratio in dB, of luma within a box or of all where there is none. */
export function psnr(a: Uint8Array, b: Uint8Array, within?: { widthPx: number; box: Box }): number {
  let sum = 0;
  let count = 0;
  const add = (at: number) => {
    sum += ((a[at] ?? 0) - (b[at] ?? 0)) ** 2;
    count += 1;
  };
  if (within) {
    const { box, widthPx } = within;
    for (let y = box.y; y < box.y + box.heightPx; y += 1)
      for (let x = box.x; x < box.x + box.widthPx; x += 1) add(y * widthPx + x);
  } else a.forEach((_value, at) => add(at));
  return 10 * Math.log10(255 ** 2 / Math.max(sum / count, 1e-9));
}
