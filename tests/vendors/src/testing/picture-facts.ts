import sharp from 'sharp';

export interface PictureFacts {
  format: string | undefined;
  widthPx: number;
  heightPx: number;
  /** Mean of the standard deviations of its channels, 0…127: about 0 where it is blank. */
  spread: number;
  /** 64 bits: which of 8 × 8 parts are lighter than the mean; similar pictures differ in few. */
  hash: bigint;
}

export async function pictureFacts(file: Buffer): Promise<PictureFacts> {
  const image = sharp(file);
  const { format, width, height } = await image.metadata();
  const { channels } = await image.stats();
  const spread = channels.reduce((sum, { stdev }) => sum + stdev, 0) / channels.length;
  const small = await image.greyscale().resize(8, 8, { fit: 'fill' }).raw().toBuffer();
  const mean = small.reduce((sum, value) => sum + value, 0) / small.length;
  const hash = small.reduce((bits, value) => (bits << 1n) | (value > mean ? 1n : 0n), 0n);
  return { format, widthPx: width, heightPx: height, spread, hash };
}

export function differingBits(a: bigint, b: bigint): number {
  return (a ^ b).toString(2).replaceAll('0', '').length;
}
