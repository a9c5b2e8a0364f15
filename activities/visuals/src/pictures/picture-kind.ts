/** The kinds of pictures that are taken from outside, by their content. */
export type PictureKind = 'png' | 'jpeg' | 'webp';

/**
 * What a file is by its first bytes, whatever its name and its server say; undefined for everything that is not
 * taken: playlists, films, SVG and archives named `.png` get no decoder to try themselves on. Pure.
 * Source: PNG 3rd edition §5.2, ISO/IEC 10918-1 annex B (SOI and a marker), RFC 9649 §2.3.
 */
export function pictureKind(bytes: Uint8Array): PictureKind | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 16));
  if (head.toString('hex', 0, 8) === '89504e470d0a1a0a') return 'png';
  if (head.toString('hex', 0, 3) === 'ffd8ff') return 'jpeg';
  const isWebp =
    head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP';
  return isWebp ? 'webp' : undefined;
}
