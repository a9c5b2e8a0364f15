import { px } from './canvas.js';
import type { Palette } from './palettes.js';

/** The coloured ground of a picture, as SVG: a gradient with a glow in the upper right corner. Lengths in px. */
export function groundSvg(width: number, height: number, { ground, tones }: Palette): string {
  const [from, to] = ground;
  return [
    '<defs>',
    `<linearGradient id="ground" x1="0" y1="0" x2="1" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`,
    `<radialGradient id="glow" cx="0.86" cy="0.1" r="0.9"><stop stop-color="${tones[0]}" stop-opacity="0.9"/><stop offset="1" stop-color="${tones[0]}" stop-opacity="0"/></radialGradient>`,
    '</defs>',
    `<rect width="${px(width)}" height="${px(height)}" fill="url(#ground)"/>`,
    `<rect width="${px(width)}" height="${px(height)}" fill="url(#glow)"/>`,
  ].join('');
}
