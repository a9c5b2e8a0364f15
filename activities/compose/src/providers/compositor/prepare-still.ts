import { realpath } from 'node:fs/promises';
import type { Still } from '@aura/compositor';
import { Failure } from '@aura/failure';
import { MAX_PIXELS } from '@aura/media';
import sharp, { type Sharp } from 'sharp';

export interface StillRequest {
  /** A PNG that was looked at. */
  file: string;
  widthPx: number;
  heightPx: number;
  /** cover, contain or blur. */
  fit: string;
}

/** What is kept of pictures for the segments beside: two of a film in 4K. */
const KEPT_BYTES = 80 * 1024 * 1024;

/** Fitted pictures by file and size, the one used last at the end. */
const kept = new Map<string, Promise<Still>>();

/**
 * A picture as large as it is needed, sharpened by nothing but its own pixels (Lanczos), once for all segments of
 * this process that show it. Errors: PictureInvalid where it cannot be decoded.
 */
export async function prepareStill(request: StillRequest): Promise<Still> {
  const { widthPx, heightPx, fit } = request;
  const file = await realpath(request.file);
  const key = `${file} ${widthPx}x${heightPx} ${fit}`;
  const still = kept.get(key) ?? decoded({ ...request, file });
  kept.delete(key);
  kept.set(key, still);
  const limit = Math.max(2, Math.floor(KEPT_BYTES / (widthPx * heightPx * 3)));
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - limit))) {
    kept.delete(oldest);
  }
  try {
    return await still;
  } catch (cause) {
    kept.delete(key);
    if (cause instanceof Failure) throw cause;
    throw new Failure('PictureInvalid', 'A picture cannot be decoded.', { cause });
  }
}

async function decoded(request: StillRequest): Promise<Still> {
  const { widthPx, heightPx } = request;
  const { data } = await (
    await fitted(request)
  )
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  // Shared with the threads that draw, which then need no copy of their own.
  const rgb = new Uint8Array(new SharedArrayBuffer(data.length));
  rgb.set(data);
  return { widthPx, heightPx, rgb };
}

const KERNEL = 'lanczos3';
/** How much smaller a background is blurred than it is shown. */
const BLUR_SCALE = 12;

async function fitted({ file, widthPx, heightPx, fit }: StillRequest): Promise<Sharp> {
  const size = { width: widthPx, height: heightPx };
  const whole = () => picture(file).flatten({ background: '#000000' });
  if (fit === 'contain') {
    return whole().resize({ ...size, fit: 'contain', background: '#000000', kernel: KERNEL });
  }
  if (fit !== 'blur') return whole().resize({ ...size, fit: 'cover', kernel: KERNEL });
  const inside = await whole()
    .resize({ ...size, fit: 'inside', kernel: KERNEL })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const small = await whole()
    .resize({
      width: Math.ceil(widthPx / BLUR_SCALE),
      height: Math.ceil(heightPx / BLUR_SCALE),
      fit: 'cover',
    })
    .blur(3)
    .modulate({ brightness: 0.7 })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const ground = await sharp(small)
    .resize({ ...size, fit: 'fill', kernel: 'cubic' })
    .png({ compressionLevel: 0 })
    .toBuffer();
  return sharp(ground)
    .composite([{ input: inside }])
    .removeAlpha();
}

function picture(file: string): Sharp {
  return sharp(file, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 });
}
