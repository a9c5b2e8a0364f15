import type { Sprite } from '@aura/compositor';
import sharp from 'sharp';

/** Of the shadow's softness and its offset, in em. */
const BLUR_EM = 0.08;
const DOWN_EM = 0.03;
const DARKNESS = 0.72;

/** A sprite over its own soft shadow, so that white letters can be read on a white wall. `em` in px. */
export async function shadowed(sprite: Sprite, em: number): Promise<Sprite> {
  const { widthPx: width, heightPx: height, rgba } = sprite;
  const raw = { width, height, channels: 4 } as const;
  const alpha = await sharp(rgba, { raw }).extractChannel('alpha').raw().toBuffer();
  const soft = await sharp(alpha, { raw: { ...raw, channels: 1 } })
    .blur(Math.max(0.4, BLUR_EM * em))
    .extractChannel(0)
    .raw()
    .toBuffer();
  const down = Math.max(0, Math.round(DOWN_EM * em));
  const out = new Uint8Array(rgba.length);
  for (let at = 0; at < width * height; at++) {
    const above = at - down * width;
    const cover = (rgba[4 * at + 3] ?? 0) / 255;
    // Twice the blurred cover is dark close to the letters and gone a little further out.
    const shade = DARKNESS * Math.min(1, (2 * (soft[above] ?? 0)) / 255);
    const whole = cover + shade * (1 - cover);
    for (let channel = 0; channel < 3; channel++) {
      const colour = whole === 0 ? 0 : ((rgba[4 * at + channel] ?? 0) * cover) / whole;
      out[4 * at + channel] = Math.round(colour);
    }
    out[4 * at + 3] = Math.round(255 * whole);
  }
  return { ...sprite, rgba: out };
}
