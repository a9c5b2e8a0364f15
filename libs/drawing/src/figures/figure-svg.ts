import sharp, { type Sharp } from 'sharp';
import { MAX_PIXELS } from '@aura/media';
import { elementSvg, inkBox, type Element } from '../layout/elements.js';
import type { Box } from '../look/canvas.js';
import { groundSvg } from '../look/ground.js';
import type { FigurePart } from './figure-parts.js';
import type { FigurePlan } from './plan-figure.js';

/** A drawing of a figure, straight RGBA, where it lies in the frame; whole px. */
export interface FigureSprite {
  xPx: number;
  yPx: number;
  widthPx: number;
  heightPx: number;
  rgba: Uint8Array;
}

/** The figure as it ends, or only what lies behind its parts, as SVG: outlines, colours and numbers of our own alone. */
export function figureSvg(
  plan: FigurePlan,
  options: { withParts: boolean; scale: number },
): string {
  const { frame, look, rtl, ornament, standing, parts } = plan;
  const { widthPx, heightPx } = frame;
  const flip = rtl ? ` transform="translate(${widthPx} 0) scale(-1 1)"` : '';
  const last = options.withParts ? parts.flatMap(({ states }) => states.at(-1) ?? []) : [];
  const size = { width: widthPx * options.scale, height: heightPx * options.scale };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${widthPx} ${heightPx}">`,
    `<g${flip}>${groundSvg(widthPx, heightPx, look.palette)}${ornament}</g>`,
    ...[...standing, ...last].map((element) => elementSvg(element, look.palette)),
    '</svg>',
  ].join('\n');
}

/** Draws a figure as a PNG without transparency, sRGB, of exactly this size. The same plan gives the same bytes. */
export async function figurePng(
  plan: FigurePlan,
  options: { withParts: boolean; widthPx: number; heightPx: number },
): Promise<Buffer> {
  return drawn(plan, options).png({ compressionLevel: 6 }).toBuffer();
}

/** The same as pixels: three bytes each, row by row, in memory that threads can share. */
export async function figurePixels(
  plan: FigurePlan,
  options: { withParts: boolean; widthPx: number; heightPx: number },
): Promise<Uint8Array> {
  const pixels = await drawn(plan, options).raw().toBuffer();
  const shared = new Uint8Array(new SharedArrayBuffer(pixels.length));
  shared.set(pixels);
  return shared;
}

function drawn(
  plan: FigurePlan,
  { withParts, widthPx, heightPx }: { withParts: boolean; widthPx: number; heightPx: number },
): Sharp {
  const scale = Math.max(widthPx / plan.frame.widthPx, heightPx / plan.frame.heightPx);
  return sharp(Buffer.from(figureSvg(plan, { withParts, scale })), { limitInputPixels: MAX_PIXELS })
    .resize(widthPx, heightPx, { fit: 'cover' })
    .flatten({ background: plan.look.palette.ground[0] })
    .toColourspace('srgb');
}

/** A part's states take this much memory at most: in a large frame a number counts in fewer steps. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Draws a part, each of its states in the same box. Nothing where nothing of it lies in the frame. */
export async function figureSprites(plan: FigurePlan, part: FigurePart): Promise<FigureSprite[]> {
  const box = boxAround(part.states.flat(), plan);
  if (!box) return [];
  const { x, y, width, height } = box;
  const sprites: FigureSprite[] = [];
  for (const elements of spread(part.states, MOST_BYTES / (4 * width * height))) {
    const svg = [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}">`,
      ...elements.map((element) => elementSvg(element, plan.look.palette)),
      '</svg>',
    ].join('\n');
    const rgba = await rgbaOf(svg);
    sprites.push({ xPx: x, yPx: y, widthPx: width, heightPx: height, rgba });
  }
  return sprites;
}

/** An SVG of our own as straight RGBA, 8 bit, sRGB, of the size that it says. */
export async function rgbaOf(svg: string): Promise<Uint8Array> {
  return sharp(Buffer.from(svg), { limitInputPixels: MAX_PIXELS })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer();
}

/** As many as allowed, evenly, the last one always among them. */
function spread<T>(all: readonly T[], most: number): T[] {
  const stride = Math.max(1, Math.ceil(all.length / Math.max(2, Math.floor(most))));
  return all.filter((_, at) => (all.length - 1 - at) % stride === 0);
}

/** Whole px around all elements, one more for what is smoothed, within the frame. */
function boxAround(elements: readonly Element[], { frame }: FigurePlan): Box | undefined {
  const boxes = elements.map((element) =>
    element.type === 'text' ? inkBox(element) : element.box,
  );
  if (boxes.length === 0) return undefined;
  const x = Math.max(0, Math.floor(Math.min(...boxes.map((box) => box.x))) - 1);
  const y = Math.max(0, Math.floor(Math.min(...boxes.map((box) => box.y))) - 1);
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const width = Math.min(frame.widthPx, Math.ceil(right) + 1) - x;
  const height = Math.min(frame.heightPx, Math.ceil(bottom) + 1) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}
