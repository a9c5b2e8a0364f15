import { MAX_PIXELS } from '@aura/media';
import type { RenderSpec } from '@aura/proto';
import sharp, { type Sharp } from 'sharp';
import { decoded, invalid } from './picture-invalid.js';
import type { PictureSize } from './picture-size.js';

/** Least spread of any channel, of 255: below it a picture is one flat colour. */
const MIN_SPREAD = 12;

/**
 * Decodes a picture whole and says its size. Whoever made it, it must be a PNG that covers the frame, of
 * even size, and not one flat colour.
 * Errors: PictureInvalid.
 */
export async function checkPicture(
  file: string,
  frame: Pick<RenderSpec, 'widthPx' | 'heightPx'>,
): Promise<PictureSize> {
  const { format, width, height } = await decoded(() => open(file).metadata());
  if (format !== 'png') throw invalid(`it is ${format}, not png`);
  if (width < frame.widthPx || height < frame.heightPx || width % 2 !== 0 || height % 2 !== 0) {
    throw invalid(`${width}×${height} for a frame of ${frame.widthPx}×${frame.heightPx}`);
  }
  if (await decoded(() => isBlank(file))) throw invalid('it is one flat colour');
  return { widthPx: width, heightPx: height };
}

/** Whether a picture shows nothing. Decodes all of it; throws where that fails. */
export async function isBlank(picture: string | Buffer): Promise<boolean> {
  const { channels } = await open(picture).stats();
  return channels.slice(0, 3).every(({ min, max }) => max - min < MIN_SPREAD);
}

function open(picture: string | Buffer): Sharp {
  return sharp(picture, { limitInputPixels: MAX_PIXELS, failOn: 'warning', pages: 1 });
}
