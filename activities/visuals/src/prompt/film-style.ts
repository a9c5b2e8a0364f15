import { createHash } from 'node:crypto';
import type { Look } from '@aura/proto';

/** What all generated pictures of a film have in common. */
export interface FilmStyle {
  /** The one style line, which stands in every prompt. */
  line: string;
  /** Scenes count on from it, so that none looks like the one before and all can be made again. */
  seed: number;
}

const MEDIA: Readonly<Record<string, string>> = {
  documentary: 'documentary photograph, natural light, 35 mm lens, true to life',
  tutorial: 'clear instructional illustration, simple flat shapes, plain background',
  listicle: 'bright editorial illustration, one large motif, plain background',
  news: 'sober editorial photograph, even daylight, true to life',
  story: 'atmospheric painted illustration, visible brushwork',
  promo: 'vivid advertising photograph, clean composition, soft studio light',
};

const COLOURS = [
  'muted earth colours with one warm accent',
  'cool blues and greys with a touch of amber',
  'warm late-afternoon colours and soft shadows',
  'deep greens and cream, gentle contrast',
  'pale, airy colours',
  'rich dark colours with a single bright light',
] as const;

/** Follows from the film's title and style alone; a style without a line of its own is treated as a documentary. Pure. */
export function filmStyle({ title, style }: Pick<Look, 'title' | 'style'>): FilmStyle {
  const hash = createHash('sha256')
    .update(JSON.stringify(['pictures', title, style]))
    .digest();
  const colours = COLOURS[hash.readUInt16BE(4) % COLOURS.length] ?? COLOURS[0];
  const medium = MEDIA[style] ?? MEDIA['documentary'] ?? '';
  return { line: `${medium}, ${colours}`, seed: hash.readUInt32BE(0) };
}

/** How far another take's seeds lie from the first's: more than a film has scenes. */
const TAKE_STEP = 1_000;

/** The seed of one scene's picture, 32 bits. Pure. */
export function sceneSeed({ seed }: FilmStyle, sceneIndex: number, take = 0): number {
  return (seed + sceneIndex + take * TAKE_STEP) % 2 ** 32;
}
