import type { Look } from '@aura/proto';
import type { Typeface } from '../type/font-files.js';
import { ORNAMENTS_OF_STYLE, type OrnamentName } from './ornaments.js';
import { PALETTES, PALETTES_OF_STYLE, type Palette } from './palettes.js';
import { randomOf } from './random.js';

/** What all cards of a film share. */
export interface FilmLook {
  palette: Palette;
  ornament: OrnamentName;
  typeface: Typeface;
}

const SERIF_STYLES = new Set(['documentary', 'story']);

/** Follows from the film's title and style alone; a style without rules of its own is treated as a documentary. */
export function filmLook({ title, style }: Pick<Look, 'title' | 'style'>): FilmLook {
  const random = randomOf('film', title, style);
  const palettes = PALETTES_OF_STYLE[style] ?? PALETTES_OF_STYLE.documentary ?? [];
  const ornaments = ORNAMENTS_OF_STYLE[style] ?? ORNAMENTS_OF_STYLE.documentary ?? [];
  return {
    palette: PALETTES[palettes[Math.floor(random() * palettes.length)] ?? 'midnight'],
    ornament: ornaments[Math.floor(random() * ornaments.length)] ?? 'contours',
    typeface: SERIF_STYLES.has(style) || !(style in PALETTES_OF_STYLE) ? 'serif' : 'sans',
  };
}
