/** How a clip from outside is to be read. */
export interface ClipKind {
  /** The one demuxer that may read it. */
  demuxer: 'mov' | 'matroska';
}

/** So many bytes of a file tell what it is. */
export const HEAD_BYTES = 64;

const BRAND = /^(?:isom|iso[2-9]|mp4[12]|mp4v|avc1|dash|msnv|mmp4|M4V |f4v |qt {2})$/i;

/**
 * What a film is by its first bytes, whatever its name and its server say; undefined for everything that is not taken:
 * playlists, pictures and lists of other files get no demuxer to try themselves on. Pure.
 * Source: ISO/IEC 14496-12 §4.3 with the brands of mp4ra.org, RFC 8794 §8.
 */
export function clipKind(head: Buffer): ClipKind | undefined {
  if (head.toString('latin1', 4, 8) === 'ftyp') {
    return BRAND.test(head.toString('latin1', 8, 12)) ? { demuxer: 'mov' } : undefined;
  }
  const isEbml = head.toString('hex', 0, 4) === '1a45dfa3';
  return isEbml && /webm|matroska/.test(head.toString('latin1'))
    ? { demuxer: 'matroska' }
    : undefined;
}
