import type { Canvas, Ornament } from './canvas.js';
import { arches, contours, halftone, orbits } from './round-ornaments.js';
import { rays, slabs, tiles, waves } from './straight-ornaments.js';

/** The families of large shapes; all cards of a film show one of them. */
export const ORNAMENTS = {
  orbits,
  arches,
  contours,
  halftone,
  slabs,
  rays,
  tiles,
  waves,
} as const satisfies Record<string, (canvas: Canvas) => Ornament>;

export type OrnamentName = keyof typeof ORNAMENTS;

/** What fits a style; a film takes one of them by its title. */
export const ORNAMENTS_OF_STYLE: Record<string, readonly OrnamentName[]> = {
  documentary: ['contours', 'orbits', 'arches', 'waves'],
  tutorial: ['halftone', 'slabs', 'orbits', 'tiles'],
  listicle: ['tiles', 'halftone', 'slabs', 'rays'],
  news: ['slabs', 'orbits', 'halftone', 'contours'],
  story: ['arches', 'waves', 'contours', 'rays'],
  promo: ['rays', 'tiles', 'slabs', 'orbits'],
};
