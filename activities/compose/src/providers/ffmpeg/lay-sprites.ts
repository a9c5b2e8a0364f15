import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { valueAt, type Sprite, type SpriteLayer, type Track } from '@aura/compositor';
import { inputGuards } from '@aura/media';
import type { FrameRate } from '@aura/proto';
import sharp from 'sharp';
import type { DrawnLayers } from '../../overlays/drawn-layers.js';
import { rateText } from '../../segment/encoder-args.js';
import { frameExpression } from './visual-filters.js';

/** A layer as FFmpeg lays it: an input, what is done to it, and how `overlay` places it. */
export interface LaidSprites {
  input: string[];
  prepare: string;
  overlay: string;
}

/**
 * Writes layers into a working folder as pictures, one name for each frame that a layer is seen in: names of frames
 * that look alike lead to one file. Faded and cut here, moved by FFmpeg, two pixels at a time.
 */
export async function laySprites(
  { sprites, layers }: DrawnLayers,
  { folder, frames, rate }: { folder: string; frames: number; rate: FrameRate },
): Promise<LaidSprites[]> {
  const laid: LaidSprites[] = [];
  for (const [index, layer] of layers.entries()) {
    const [from, to] = [Math.max(0, layer.from), Math.min(frames, layer.to)];
    if (from >= to) continue;
    const name = `layer-${index}`;
    await layFrames(layer, sprites, { folder, name, from, to });
    const perSecond = rateText(rate);
    // `overlay` has read ahead when it counts frames, and `enable` counts those of either input.
    const frame = `round(t*${perSecond})`;
    laid.push({
      input: [
        inputGuards('image2', ['png']),
        ['-threads', '1', '-framerate', perSecond, '-start_number', String(from)],
        ['-i', `file:${name}-%d.png`],
      ].flat(),
      prepare: `scale=out_color_matrix=bt709:out_range=tv,format=yuva420p,setpts=(N+${from})/(${perSecond}*TB)`,
      overlay:
        `overlay=x='if(lt(${frame},${to}),${evenPlace(layer.x, frame)},main_w)'` +
        `:y='${evenPlace(layer.y, frame)}':format=yuv420`,
    });
  }
  return laid;
}

/** Colours are told for every second pixel, so `overlay` lays what it lays beside an even one. */
function evenPlace(track: Track, frame: string): string {
  return `2*round((${frameExpression(track, frame)})/2)`;
}

async function layFrames(
  layer: SpriteLayer,
  sprites: readonly Sprite[],
  { folder, name, from, to }: { folder: string; name: string; from: number; to: number },
): Promise<void> {
  const drawn = new Map<string, string>();
  for (let frame = from; frame < to; frame += 1) {
    const look = lookAt(layer, frame);
    const key = JSON.stringify(look);
    const file = `${name}-${frame}.png`;
    const same = drawn.get(key);
    if (same !== undefined) {
      await symlink(same, path.join(folder, file));
      continue;
    }
    drawn.set(key, file);
    const sprite = sprites[look.sprite];
    if (!sprite) throw new TypeError(`there is no sprite ${look.sprite}`);
    const { widthPx: width, heightPx: height } = sprite;
    await sharp(pixelsOf(sprite, look), { raw: { width, height, channels: 4 } })
      .png({ compressionLevel: 1 })
      .toFile(path.join(folder, file));
  }
}

/** How a layer looks in one frame, apart from its place. */
interface Look {
  sprite: number;
  /** In 255ths. */
  opacity: number;
  edge: string;
  /** Share of the sprite that is seen, in thousandths. */
  seen: number;
}

function lookAt({ sprites, every, from, opacity, reveal }: SpriteLayer, frame: number): Look {
  const nth = every ? Math.floor((frame - from) / every) : 0;
  return {
    sprite: sprites[Math.min(nth, sprites.length - 1)] ?? -1,
    opacity: Math.round(255 * Math.max(0, Math.min(1, valueAt(opacity, frame)))),
    edge: reveal?.edge ?? '',
    seen: reveal ? Math.round(1_000 * valueAt(reveal.share, frame)) : 1_000,
  };
}

function pixelsOf({ widthPx, heightPx, rgba }: Sprite, { opacity, edge, seen }: Look): Uint8Array {
  const pixels = Uint8Array.from(rgba);
  const across = edge === 'left' || edge === 'right';
  const whole = across ? widthPx : heightPx;
  const shown = Math.round((whole * seen) / 1_000);
  for (let at = 3; at < pixels.length; at += 4) {
    const pixel = (at - 3) / 4;
    const place = across ? pixel % widthPx : Math.floor(pixel / widthPx);
    const distance = edge === 'right' || edge === 'bottom' ? whole - 1 - place : place;
    const isSeen = edge === '' || distance < shown;
    pixels[at] = isSeen ? Math.round(((pixels[at] ?? 0) * opacity) / 255) : 0;
  }
  return pixels;
}
