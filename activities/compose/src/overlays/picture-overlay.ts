import { Failure } from '@aura/failure';
import type { Sprite } from '@aura/compositor';
import { rgbaOf } from '@aura/drawing';
import { MAX_PIXELS } from '@aura/media';
import type { Overlay } from '@aura/proto';
import sharp from 'sharp';
import { colourOr, shortSide, type OverlayDrawing, type OverlayFrame } from './overlay-piece.js';

/** Width where nobody says another, as a share of the frame's. */
const USUAL_WIDTH = 0.25;
/** A picture that is over another leaves something of it to be seen. */
const MOST_HEIGHT = 0.9;
const FORMATS = new Set(['png', 'jpeg', 'webp', 'gif']);

/**
 * A picture within a picture, or a watermark: in its own proportions, its corners rounded, with a border where that is
 * wished. Errors: PictureInvalid where it is none.
 */
export async function pictureOverlay(
  overlay: Overlay,
  file: string,
  frame: OverlayFrame,
): Promise<OverlayDrawing> {
  try {
    const sprite = await drawn(overlay, file, frame);
    const { widthPx, heightPx } = sprite;
    return { widthPx, heightPx, pieces: [{ sprites: [sprite], xPx: 0, yPx: 0 }] };
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('PictureInvalid', 'A picture that lies over the film cannot be decoded.', {
      cause,
    });
  }
}

async function drawn(overlay: Overlay, file: string, frame: OverlayFrame): Promise<Sprite> {
  const options = { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 } as const;
  const { format, autoOrient } = await sharp(file, options).metadata();
  if (!FORMATS.has(format)) {
    throw new Failure('PictureInvalid', `A picture that lies over the film is ${format}.`);
  }
  const own = { widthPx: autoOrient.width, heightPx: autoOrient.height };
  const size = insetSize(overlay, frame, own);
  const { widthPx: width, heightPx: height } = size;
  const picture = await sharp(file, options)
    .rotate()
    .resize({ width, height, fit: 'fill' })
    .toColourspace('srgb')
    .ensureAlpha()
    .png({ compressionLevel: 0 })
    .toBuffer();
  const border = await borderSprite(overlay, frame, size);
  const mask = roundRect(overlay, frame, size);
  const rgba = await sharp(picture)
    .composite([
      ...(mask === undefined ? [] : [{ input: svgOf(mask, size), blend: 'dest-in' as const }]),
      ...(border
        ? [{ input: Buffer.from(border.rgba), raw: { width, height, channels: 4 as const } }]
        : []),
    ])
    .raw()
    .toBuffer();
  return { ...size, rgba };
}

type Size = Pick<Sprite, 'widthPx' | 'heightPx'>;

/** How large a picture of this size is within the frame. */
export function insetSize(overlay: Overlay, frame: OverlayFrame, own: Size): Size {
  const width = (overlay.place?.width || USUAL_WIDTH) * frame.widthPx;
  const height = MOST_HEIGHT * frame.heightPx;
  const scale = Math.min(width / own.widthPx, height / own.heightPx);
  return {
    widthPx: Math.max(2, Math.round(own.widthPx * scale)),
    heightPx: Math.max(2, Math.round(own.heightPx * scale)),
  };
}

/** How much of each pixel stays where corners are rounded; nothing where they are not. */
export async function cornerMask(
  overlay: Overlay,
  frame: OverlayFrame,
  size: Size,
): Promise<Uint8Array | undefined> {
  const mask = roundRect(overlay, frame, size);
  if (mask === undefined) return undefined;
  return sharp(svgOf(mask, size)).ensureAlpha().extractChannel('alpha').raw().toBuffer();
}

/** The line around a picture, along its inner edge. */
export async function borderSprite(
  overlay: Overlay,
  frame: OverlayFrame,
  size: Size,
): Promise<Sprite | undefined> {
  const { widthPx: width, heightPx: height } = size;
  const thick = Math.min((overlay.border ?? 0) * shortSide(frame), Math.min(width, height) / 4);
  if (thick <= 0) return undefined;
  const round = Math.max(0, roundness(overlay, frame, size) - thick / 2);
  const line =
    `<rect x="${thick / 2}" y="${thick / 2}" width="${width - thick}" height="${height - thick}" ` +
    `rx="${round}" fill="none" stroke="${colourOr(overlay.colour, '#ffffff')}" stroke-width="${thick}"/>`;
  return { ...size, rgba: await rgbaOf(svgOf(line, size).toString()) };
}

function roundRect(overlay: Overlay, frame: OverlayFrame, size: Size): string | undefined {
  const round = roundness(overlay, frame, size);
  if (round <= 0) return undefined;
  return `<rect width="${size.widthPx}" height="${size.heightPx}" rx="${round}" fill="#ffffff"/>`;
}

function roundness(overlay: Overlay, frame: OverlayFrame, { widthPx, heightPx }: Size): number {
  return Math.min((overlay.radius ?? 0) * shortSide(frame), Math.min(widthPx, heightPx) / 2);
}

function svgOf(shape: string, { widthPx, heightPx }: Size): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">${shape}</svg>`,
  );
}
