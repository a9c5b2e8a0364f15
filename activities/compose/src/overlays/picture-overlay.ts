import { Failure } from '@aura/failure';
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

async function drawn(overlay: Overlay, file: string, frame: OverlayFrame) {
  const options = { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 } as const;
  const { format } = await sharp(file, options).metadata();
  if (!FORMATS.has(format)) {
    throw new Failure('PictureInvalid', `A picture that lies over the film is ${format}.`);
  }
  const width = Math.round((overlay.place?.width || USUAL_WIDTH) * frame.widthPx);
  const height = Math.round(MOST_HEIGHT * frame.heightPx);
  const { data, info } = await sharp(file, options)
    .rotate()
    .resize({ width: Math.max(2, width), height: Math.max(2, height), fit: 'inside' })
    .toColourspace('srgb')
    .ensureAlpha()
    .png({ compressionLevel: 0 })
    .toBuffer({ resolveWithObject: true });
  const size = { width: info.width, height: info.height };
  const rgba = await sharp(data)
    .composite(frameLayers(overlay, frame, size))
    .raw()
    .toBuffer();
  return { widthPx: size.width, heightPx: size.height, rgba };
}

/** What is cut off at the corners, and the line around what is left. */
function frameLayers(
  overlay: Overlay,
  frame: OverlayFrame,
  { width, height }: { width: number; height: number },
) {
  const round = Math.min((overlay.radius ?? 0) * shortSide(frame), Math.min(width, height) / 2);
  const thick = Math.min((overlay.border ?? 0) * shortSide(frame), Math.min(width, height) / 4);
  const svg = (shape: string) =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shape}</svg>`,
    );
  const mask = svg(`<rect width="${width}" height="${height}" rx="${round}" fill="#ffffff"/>`);
  const line = svg(
    `<rect x="${thick / 2}" y="${thick / 2}" width="${width - thick}" height="${height - thick}" ` +
      `rx="${Math.max(0, round - thick / 2)}" fill="none" stroke="${colourOr(overlay.colour, '#ffffff')}" stroke-width="${thick}"/>`,
  );
  return [
    ...(round > 0 ? [{ input: mask, blend: 'dest-in' as const }] : []),
    ...(thick > 0 ? [{ input: line }] : []),
  ];
}
