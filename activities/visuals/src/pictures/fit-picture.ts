import { MAX_PICTURE_BYTES, MAX_PIXELS } from '@aura/media';
import type { RenderSpec } from '@aura/proto';
import sharp, { type Sharp } from 'sharp';
import { isEmpty, lookOf } from './glance.js';
import { decoded, invalid } from './picture-invalid.js';
import { pictureKind } from './picture-kind.js';
import { pictureSize, type PictureSize } from './picture-size.js';

export { MAX_PICTURE_BYTES };

/** Bumped by hand whenever the same bytes would come out differently. */
export const FIT_RECIPE = 1;

/** Smaller pictures would have to be enlarged so much that nothing in them is sharp. */
const MAX_ENLARGING = 4;
/** A panorama of which less than this would be seen shows something else than was asked for. */
const MIN_SHARE_SEEN = 0.25;
/** Longest decoding; whoever built a file to take longer did not mean well. */
const DECODE_S = 30;
/** Behind transparent parts. */
const BACKGROUND = '#ffffff';

/**
 * Makes a finished picture of bytes from outside and writes it to `file`: told by its content what it is, measured
 * before it is decoded, turned upright, cut to the frame's shape around what draws the eye, scaled to the size that
 * motion needs, as a PNG in sRGB without transparency and without a word of what was in its metadata. The same bytes
 * give the same file.
 * Answers what the picture shows at a glance (`Picture.dhash`).
 * Errors: PictureInvalid where it is no picture, too large or too small, damaged, or shows nothing.
 */
export async function fitPicture(
  bytes: Buffer,
  frame: Pick<RenderSpec, 'widthPx' | 'heightPx'>,
  file: string,
): Promise<{ dhash: string }> {
  const size = pictureSize(frame);
  checkSize(await measured(bytes), size);
  const { data, info } = await decoded(() => fitted(bytes, size));
  const raw = { width: info.width, height: info.height, channels: 3 } as const;
  const picture = () => sharp(data, { raw });
  if (await isEmpty(picture())) throw invalid('it shows nothing');
  const dhash = await lookOf(picture());
  await picture().png({ compressionLevel: 4 }).toFile(file);
  return { dhash };
}

/** Its size once it stands upright, from its head alone. */
async function measured(bytes: Buffer): Promise<PictureSize> {
  if (bytes.length > MAX_PICTURE_BYTES) throw invalid(`${bytes.length} bytes are too many`);
  const kind = pictureKind(bytes);
  if (!kind) throw invalid('it is neither PNG nor JPEG nor WebP');
  const { format, autoOrient } = await decoded(() => open(bytes).metadata());
  if (format !== kind) throw invalid(`it begins as ${kind} and goes on as ${format}`);
  return { widthPx: autoOrient.width, heightPx: autoOrient.height };
}

function checkSize({ widthPx, heightPx }: PictureSize, wanted: PictureSize): void {
  const named = `${widthPx}×${heightPx}`;
  if (widthPx * heightPx > MAX_PIXELS) throw invalid(`${named} are too many pixels`);
  const enlarging = Math.max(wanted.widthPx / widthPx, wanted.heightPx / heightPx);
  if (enlarging > MAX_ENLARGING) {
    throw invalid(`${named} is too small for ${wanted.widthPx}×${wanted.heightPx}`);
  }
  const seen = (wanted.widthPx * wanted.heightPx) / enlarging ** 2 / (widthPx * heightPx);
  if (seen < MIN_SHARE_SEEN) throw invalid(`${named} has another shape altogether`);
}

function fitted(bytes: Buffer, { widthPx, heightPx }: PictureSize) {
  return open(bytes)
    .timeout({ seconds: DECODE_S })
    .autoOrient()
    .flatten({ background: BACKGROUND })
    .resize({ width: widthPx, height: heightPx, fit: 'cover', position: sharp.strategy.attention })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
}

function open(bytes: Buffer): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 });
}
