import { px } from './look/canvas.js';
import type { Palette } from './look/palettes.js';
import type { Element } from './layout/elements.js';
import type { CardPlan } from './layout/plan-card.js';
import { textSvg } from './type/text-svg.js';

/**
 * A card as SVG. It holds numbers, colours of our own and Lucide's outlines only: no text, no reference to
 * a file or an address. Without `withText` only what stands behind the text is drawn.
 */
export function cardSvg(plan: CardPlan, { withText = true } = {}): string {
  const { frame, look, rtl, ornament, elements } = plan;
  const { width, height } = frame;
  const flip = rtl ? ` transform="translate(${width} 0) scale(-1 1)"` : '';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<g${flip}>`,
    ground(width, height, look.palette),
    ornament,
    '</g>',
    ...elements.map((element) => elementSvg(element, look.palette, withText)),
    '</svg>',
  ].join('\n');
}

function ground(width: number, height: number, { ground: [from, to], tones }: Palette): string {
  return [
    '<defs>',
    `<linearGradient id="ground" x1="0" y1="0" x2="1" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`,
    `<radialGradient id="glow" cx="0.86" cy="0.1" r="0.9"><stop stop-color="${tones[0]}" stop-opacity="0.9"/><stop offset="1" stop-color="${tones[0]}" stop-opacity="0"/></radialGradient>`,
    '</defs>',
    `<rect width="${width}" height="${height}" fill="url(#ground)"/>`,
    `<rect width="${width}" height="${height}" fill="url(#glow)"/>`,
  ].join('');
}

function elementSvg(element: Element, palette: Palette, withText: boolean): string {
  if (element.type === 'shape') {
    const { x, y } = element.box;
    return `<g transform="translate(${px(x)} ${px(y)})">${element.svg}</g>`;
  }
  if (!withText) return '';
  return textSvg(element.fitted, element.place, {
    colour: palette[element.colour],
    stress: palette.accent,
  });
}
