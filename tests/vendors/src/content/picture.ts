import sharp from 'sharp';
import type { Fault } from '../faults/fault.js';
import { pictureBomb } from '../faults/spoiled-bodies.js';
import { randomOf, seedOf } from './seed.js';

export interface PictureOrder {
  prompt: string;
  seed: number;
  widthPx: number;
  heightPx: number;
  format: 'png' | 'jpeg' | 'webp';
  fault?: Fault;
}

/**
 * Draws a picture: sky, ground and shapes whose number, places and colours depend on prompt and seed, so that
 * no two look alike. The same order gives the same bytes. A fault makes it one plain grey, or a bomb.
 */
export async function drawPicture(order: PictureOrder): Promise<Buffer> {
  if (order.fault?.kind === 'picture-bomb') return pictureBomb();
  const svg = order.fault?.kind === 'blank-picture' ? blank(order) : scene(order);
  const image = sharp(Buffer.from(svg)).flatten();
  if (order.format === 'png') return image.png({ compressionLevel: 3 }).toBuffer();
  return order.format === 'webp'
    ? image.webp({ quality: 80, effort: 0 }).toBuffer()
    : image.jpeg({ quality: 85 }).toBuffer();
}

function blank({ widthPx, heightPx }: PictureOrder): string {
  return svg(widthPx, heightPx, `<rect width="100%" height="100%" fill="#808080"/>`);
}

function scene({ prompt, seed, widthPx, heightPx }: PictureOrder): string {
  const random = randomOf(seedOf(prompt, String(seed)));
  const hue = Math.floor(random() * 360);
  const colour = (turn: number, light: number) =>
    `hsl(${Math.round(hue + turn) % 360} ${35 + Math.round(random() * 45)}% ${light}%)`;
  const horizon = heightPx * (0.35 + random() * 0.4);
  const sky = `<linearGradient id="sky" x1="0" y1="0" x2="${random().toFixed(2)}" y2="1"><stop offset="0" stop-color="${colour(0, 30 + random() * 30)}"/><stop offset="1" stop-color="${colour(50, 70 + random() * 20)}"/></linearGradient>`;
  const hills = Array.from({ length: 2 + Math.floor(random() * 3) }, (_, at) =>
    hill({
      widthPx,
      heightPx,
      top: horizon + at * heightPx * 0.08,
      random,
      fill: colour(120 + 40 * at, 45 - at * 8),
    }),
  );
  const things = Array.from({ length: 5 + Math.floor(random() * 8) }, () =>
    thing({ widthPx, heightPx, random, fill: colour(random() * 360, 25 + random() * 55) }),
  );
  const ground = `<rect width="100%" height="100%" fill="url(#sky)"/>`;
  return svg(widthPx, heightPx, `<defs>${sky}</defs>${ground}${hills.join('')}${things.join('')}`);
}

interface Drawing {
  widthPx: number;
  heightPx: number;
  random: () => number;
  fill: string;
}

function hill({ widthPx, heightPx, top, random, fill }: Drawing & { top: number }): string {
  const points = Array.from({ length: 6 }, (_, at) => {
    const x = (widthPx * at) / 5;
    return `${x.toFixed(0)},${(top + (random() - 0.5) * heightPx * 0.2).toFixed(0)}`;
  });
  return `<polygon points="0,${heightPx} ${points.join(' ')} ${widthPx},${heightPx}" fill="${fill}"/>`;
}

function thing({ widthPx, heightPx, random, fill }: Drawing): string {
  const size = Math.min(widthPx, heightPx) * (0.04 + random() * 0.18);
  const [x, y] = [random() * widthPx, random() * heightPx];
  const opacity = (0.6 + random() * 0.4).toFixed(2);
  if (random() < 0.4) {
    return `<circle cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" r="${size.toFixed(0)}" fill="${fill}" opacity="${opacity}"/>`;
  }
  const corners = Array.from({ length: 3 + Math.floor(random() * 3) }, (_, at) => {
    const angle = (2 * Math.PI * (at + random() * 0.5)) / 5;
    return `${(x + Math.cos(angle) * size).toFixed(0)},${(y + Math.sin(angle) * size).toFixed(0)}`;
  });
  return `<polygon points="${corners.join(' ')}" fill="${fill}" opacity="${opacity}"/>`;
}

function svg(widthPx: number, heightPx: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">${content}</svg>`;
}
