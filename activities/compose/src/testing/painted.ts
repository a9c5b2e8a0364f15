import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { painterOf, type RenderPlan, type Still } from '@aura/compositor';
import sharp from 'sharp';
import type { DrawnLayers } from '../overlays/drawn-layers.js';
import type { Size } from '../size.js';

/** Some frames of layers over a still, as the compositor draws them: sRGB, three bytes a pixel. */
export async function paintedFrames(
  { ground, sprites, layers }: DrawnLayers & { ground: Still },
  frames: readonly number[],
): Promise<Uint8Array[]> {
  const { widthPx, heightPx } = ground;
  const plan: RenderPlan = {
    widthPx,
    heightPx,
    frames: Math.max(...frames) + 1,
    stills: [ground],
    clips: [],
    sprites,
    visuals: [
      {
        source: { still: 0 },
        from: 0,
        to: Math.max(...frames) + 1,
        window: { x: 0, y: 0, width: widthPx },
      },
    ],
    layers,
  };
  const painter = painterOf(plan, async () => false);
  const painted: Uint8Array[] = [];
  for (const frame of frames) painted.push(rgbOf(await painter.paint(frame), ground));
  return painted;
}

/** A chart of soft colours, light on one side and dark on the other: whatever lies over it must be read on both. */
export function chart({ widthPx, heightPx }: Size): Still {
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let at = 0; at < widthPx * heightPx; at++) {
    const [x, y] = [(at % widthPx) / widthPx, Math.floor(at / widthPx) / heightPx];
    rgb.set([240 - 180 * x, 235 - 190 * x + 20 * y, 225 - 120 * x - 40 * y], at * 3);
  }
  return { widthPx, heightPx, rgb };
}

/** Frames beside each other as a PNG. */
export async function strip(frames: readonly Uint8Array[], size: Size): Promise<Buffer> {
  const { widthPx: width, heightPx: height } = size;
  const inputs = frames.map((frame, at) => ({
    input: Buffer.from(frame),
    raw: { width, height, channels: 3 as const },
    left: at * width,
    top: 0,
  }));
  const background = '#000000';
  return sharp({ create: { width: width * frames.length, height, channels: 3, background } })
    .composite(inputs)
    .png({ compressionLevel: 9, palette: true, colours: 128 })
    .toBuffer();
}

/**
 * How alike frames and the golden picture of them are, dB. Where there is none yet it is written, to be looked at and
 * committed. The palette that goldens are kept with costs some of it: pictures that differ to the eye are below 24.
 */
export async function likenessTo(
  golden: string,
  frames: Uint8Array[],
  size: Size,
): Promise<number> {
  const now = await strip(frames, size);
  if (!existsSync(golden)) {
    await mkdir(path.dirname(golden), { recursive: true });
    await sharp(now).toFile(golden);
  }
  const [a, b] = await Promise.all([pixels(now), pixels(await readFile(golden))]);
  return likeness(a, b);
}

/** PSNR of two pictures of one size, dB; 0 where they are not. */
export function likeness(a?: Uint8Array, b?: Uint8Array): number {
  if (!a || a.length !== b?.length) return 0;
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += ((a[at] ?? 0) - (b[at] ?? 0)) ** 2;
  return 10 * Math.log10((255 * 255 * a.length) / Math.max(1, sum));
}

function pixels(png: Buffer): Promise<Buffer> {
  return sharp(png).removeAlpha().toColourspace('srgb').raw().toBuffer();
}

/** Limited-range BT.709, planar 4:2:0, as Rec. ITU-R BT.709-6 says in item 3. */
function rgbOf(frame: Uint8Array, { widthPx, heightPx }: Size): Uint8Array {
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  const luma = widthPx * heightPx;
  for (let at = 0; at < luma; at++) {
    const [x, y] = [at % widthPx, Math.floor(at / widthPx)];
    const half = luma + Math.floor(y / 2) * (widthPx / 2) + Math.floor(x / 2);
    const light = (255 * ((frame[at] ?? 0) - 16)) / 219;
    const blue = (255 * ((frame[half] ?? 0) - 128)) / 224;
    const red = (255 * ((frame[half + luma / 4] ?? 0) - 128)) / 224;
    const channels = [
      light + 1.5748 * red,
      light - 0.1873 * blue - 0.4681 * red,
      light + 1.8556 * blue,
    ];
    rgb.set(
      channels.map((value) => Math.max(0, Math.min(255, Math.round(value)))),
      at * 3,
    );
  }
  return rgb;
}
