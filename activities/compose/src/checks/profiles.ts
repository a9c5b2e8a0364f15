import type { FilmEncoding } from '@aura/proto';

const PRORES = { draft: 'Proxy', standard: 'Standard', premium: 'HQ', maximum: 'HQ' } as const;

/** The profile of what is encoded so, as ffprobe names it. */
export function profileOf({ codec, bitDepth, quality }: FilmEncoding): string {
  switch (codec) {
    case 'h264':
      return 'High';
    case 'hevc':
      return bitDepth === 10 ? 'Main 10' : 'Main';
    case 'av1':
      return 'Main';
    case 'vp9':
      return bitDepth === 10 ? 'Profile 2' : 'Profile 0';
    case 'prores':
      return PRORES[quality];
  }
}
