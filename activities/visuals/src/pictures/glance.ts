import type { Sharp } from 'sharp';

/** Least spread of any channel, of 255, once noise has been averaged away. */
const MIN_SPREAD = 12;
const GLANCE_PX = 24;
/** Parts that differ by less are equally bright: what is left of noise must not decide. */
const MIN_STEP = 3;

/** Whether nothing can be seen: one colour, or noise over one colour. */
export async function isEmpty(picture: Sharp): Promise<boolean> {
  const small = await picture
    .resize({ width: GLANCE_PX, height: GLANCE_PX, fit: 'fill' })
    .raw()
    .toBuffer();
  return [0, 1, 2].every((channel) => {
    const values = small.filter((_, index) => index % 3 === channel);
    return Math.max(...values) - Math.min(...values) < MIN_SPREAD;
  });
}

/**
 * What a picture shows at a glance: 64 bits, each saying whether a part is clearly brighter than the one to its
 * right, as 16 hexadecimal digits. Alike pictures differ in few bits, whatever their size, sharpness and brightness.
 * Source: the "difference hash" (dHash) of N. Krawetz, 2013.
 */
export async function lookOf(picture: Sharp): Promise<string> {
  const grey = await picture
    .greyscale()
    .resize({ width: 9, height: 8, fit: 'fill' })
    .raw()
    .toBuffer();
  let bits = 0n;
  for (let row = 0; row < 8; row += 1) {
    for (let column = 0; column < 8; column += 1) {
      const at = row * 9 + column;
      bits = (bits << 1n) | ((grey[at] ?? 0) - (grey[at + 1] ?? 0) >= MIN_STEP ? 1n : 0n);
    }
  }
  return bits.toString(16).padStart(16, '0');
}
