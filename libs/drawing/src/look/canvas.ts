import type { Palette } from './palettes.js';
import type { Random } from './random.js';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What an ornament is drawn on. Lengths in px of the picture. */
export interface Canvas {
  width: number;
  height: number;
  /** One hundredth of the frame's short side. */
  unit: number;
  /** Where the ornament has its weight, and how far it reaches from there. */
  focus: { x: number; y: number };
  reach: number;
  palette: Palette;
  random: Random;
}

/** `quiet` may lie under text; each of the `sparks` is drawn only where its box meets no text. */
export interface Ornament {
  quiet: string;
  sparks: Spark[];
  /** A calm place where a large icon may stand instead of the sparks that it meets. */
  stage?: { x: number; y: number; size: number };
}

export interface Spark {
  svg: string;
  box: Box;
  /** Meant to run off the picture; others are drawn only where every frame shows them whole. */
  bleeds?: boolean;
}

export function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export function circle(x: number, y: number, radius: number, paint: string): string {
  return `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius)}" ${paint}/>`;
}

export function polygon(points: readonly (readonly [number, number])[], paint: string): string {
  return `<polygon points="${points.map(([x, y]) => `${px(x)},${px(y)}`).join(' ')}" ${paint}/>`;
}

export function stroke(colour: string, width: number): string {
  return `fill="none" stroke="${colour}" stroke-width="${px(width)}"`;
}

/** A gradient between two colours along an angle of the shape's own box. */
export function gradient(id: string, from: string, to: string, vertical = true): string {
  const end = vertical ? 'x2="0" y2="1"' : 'x2="1" y2="1"';
  return `<linearGradient id="${id}" x1="0" y1="0" ${end}><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`;
}

export function spark(x: number, y: number, radius: number, colour: string): Spark {
  return {
    svg: circle(x, y, radius, `fill="${colour}"`),
    box: { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius },
  };
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
