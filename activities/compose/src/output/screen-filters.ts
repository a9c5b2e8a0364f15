import type { FilmEncoding } from '@aura/proto';

/** What turns a film's pictures into those of an ordinary screen (BT.709, 8 bit), as filters; mostly nothing. */
export function screenFilters({ hdr }: Pick<FilmEncoding, 'hdr'>): string[] {
  if (!hdr) return [];
  return [
    'zscale=transfer=linear:npl=203',
    'format=gbrpf32le',
    'zscale=primaries=bt709:transfer=bt709:matrix=bt709:range=limited:npl=203',
    'format=yuv420p',
  ];
}
