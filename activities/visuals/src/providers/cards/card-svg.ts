import { elementSvg, groundSvg } from '@aura/drawing';
import type { CardPlan } from './layout/plan-card.js';

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
    groundSvg(width, height, look.palette),
    ornament,
    '</g>',
    ...elements
      .filter(({ type }) => withText || type === 'shape')
      .map((element) => elementSvg(element, look.palette)),
    '</svg>',
  ].join('\n');
}
