import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Sprite } from '@aura/compositor';
import { Failure } from '@aura/failure';
import { runFfmpeg } from '@aura/media';
import type { ClipSource, FrameRate, Overlay } from '@aura/proto';
import sharp from 'sharp';
import { clipArgs } from '../providers/clip-filters.js';
import type { ClipTools, OverlayDrawing, OverlayFrame, OverlayPiece } from './overlay-piece.js';
import { borderSprite, cornerMask, insetSize } from './picture-overlay.js';

/** Pictures of one clip in one segment are kept in this much memory: a long or a large one has fewer a second. */
const MOST_BYTES = 48 * 1024 * 1024;
/** A piece that begins anew is repeated from so many of its pictures at most. */
const MOST_LOOPED = 300;
/** The last picture of a piece is looked for in its end. */
const LAST_MS = 2_000;
const FIRST = 'clip-first.png';
const FRAMES = 'clip-frames.rgba';

/**
 * A video within the picture: its frames of this segment as sprites. One that ends earlier stays as it is, or begins
 * anew. Errors: PictureInvalid where it cannot be decoded, and those of running FFmpeg.
 */
export async function clipOverlay(
  overlay: Overlay,
  clip: ClipSource,
  {
    file,
    frame,
    tools,
  }: { file: string; frame: OverlayFrame & { frames: number }; tools: ClipTools },
): Promise<OverlayDrawing> {
  const size = insetSize(overlay, frame, await sizeOf(clip, file, tools));
  const from = Math.max(0, overlay.start);
  const shown = Math.max(1, Math.min(frame.frames, overlay.start + overlay.frames) - from);
  const bytes = size.widthPx * size.heightPx * 4;
  // A looped piece is read from its begin, to know where it ends.
  const read = clip.loop ? Math.min(MOST_LOOPED, from - overlay.start + shown) : shown;
  const every = Math.max(1, Math.ceil((read * bytes) / MOST_BYTES));
  const wanted = {
    skip: clip.loop ? 0 : Math.floor((from - overlay.start) / every),
    count: Math.ceil(read / every),
  };
  const frames = await decoded(clip, file, { size, wanted, tools, rate: frame.rate, every });
  const mask = await cornerMask(overlay, frame, size);
  const sprites = frames.map((rgba) => ({ ...size, rgba: masked(rgba, mask) }));
  const offset = clip.loop ? Math.floor((from - overlay.start) / every) : 0;
  const order = Array.from({ length: Math.ceil(shown / every) }, (_, at) =>
    clip.loop ? (offset + at) % sprites.length : Math.min(at, sprites.length - 1),
  );
  const border = await borderSprite(overlay, frame, size);
  const corner = { xPx: 0, yPx: 0 };
  const pieces: OverlayPiece[] = [
    { sprites, order, every, from, ...corner },
    ...(border ? [{ sprites: [border], ...corner }] : []),
  ];
  return { ...size, pieces };
}

type Size = Pick<Sprite, 'widthPx' | 'heightPx'>;

/** As it is seen: turned where it says so. */
async function sizeOf(clip: ClipSource, file: string, tools: ClipTools): Promise<Size> {
  await run(tools, [...clipArgs(clip, file), '-map', '0:v:0', '-frames:v', '1', `file:${FIRST}`]);
  const { width, height } = await sharp(path.join(tools.folder, FIRST)).metadata();
  return { widthPx: width, heightPx: height };
}

interface Decoding {
  size: Size;
  wanted: { skip: number; count: number };
  tools: ClipTools;
  rate: FrameRate;
  every: number;
}

async function decoded(
  clip: ClipSource,
  file: string,
  { size, wanted, tools, rate, every }: Decoding,
): Promise<Uint8Array[]> {
  const { widthPx, heightPx } = size;
  const speed = clip.speed || 1;
  const skippedMs = (1_000 * wanted.skip * every * rate.denominator * speed) / rate.numerator;
  const fromMs = Math.round(clip.fromMs + skippedMs);
  if (clip.toMs > 0 && fromMs >= clip.toMs) return lastFrame(clip, file, { size, tools });
  const filter = [
    `setpts=(PTS-STARTPTS)/${speed}`,
    `fps=${rate.numerator}/${rate.denominator * every}:start_time=0`,
    `scale=${widthPx}:${heightPx}:flags=bicubic`,
    'format=rgba',
  ].join(',');
  const count = ['-frames:v', String(wanted.count), '-f', 'rawvideo', `file:${FRAMES}`];
  const piece = clipArgs({ ...clip, fromMs }, file);
  await run(tools, [...piece, '-map', '0:v:0', '-vf', filter, ...count]);
  const at = path.join(tools.folder, FRAMES);
  const raw = await readFile(at);
  await rm(at, { force: true });
  const bytes = widthPx * heightPx * 4;
  const frames = Array.from({ length: Math.floor(raw.length / bytes) }, (_, index) =>
    raw.subarray(index * bytes, (index + 1) * bytes),
  );
  if (frames.length > 0) return frames;
  // It has ended before this segment: what stays is its last picture.
  if (wanted.skip > 0 && !clip.loop) return lastFrame(clip, file, { size, tools });
  throw new Failure('PictureInvalid', 'A video that lies over the film has no pictures.');
}

async function lastFrame(
  clip: ClipSource,
  file: string,
  { size, tools }: Pick<Decoding, 'size' | 'tools'>,
): Promise<Uint8Array[]> {
  const scale = `scale=${size.widthPx}:${size.heightPx}:flags=bicubic,format=rgba`;
  const update = ['-update', '1', '-f', 'image2', '-c:v', 'png', `file:${FIRST}`];
  const end = { ...clip, fromMs: Math.max(clip.fromMs, clip.toMs - LAST_MS) };
  await run(tools, [...clipArgs(end, file), '-map', '0:v:0', '-vf', scale, ...update]);
  const picture = sharp(path.join(tools.folder, FIRST)).ensureAlpha().raw();
  return [await picture.toBuffer()];
}

async function run({ ffmpegPath, folder, signal, limitMs }: ClipTools, args: readonly string[]) {
  const head = ['-nostdin', '-hide_banner', '-xerror', '-v', 'error', '-y'];
  const late = AbortSignal.timeout(limitMs);
  try {
    await runFfmpeg(
      ffmpegPath,
      [...head, ...args.slice(0, -1), '-an', '-sn', '-dn', ...args.slice(-1)],
      {
        cwd: folder,
        signal: signal ? AbortSignal.any([signal, late]) : late,
      },
    );
  } catch (error) {
    if (error === late.reason)
      throw new Failure('StepTimeout:overlays', 'A video was not read in time.');
    throw error;
  }
}

function masked(rgba: Uint8Array, mask: Uint8Array | undefined): Uint8Array {
  if (!mask) return rgba;
  const out = new Uint8Array(rgba);
  for (let at = 0; at < mask.length; at++) out[4 * at + 3] = mask[at] ?? 255;
  return out;
}
