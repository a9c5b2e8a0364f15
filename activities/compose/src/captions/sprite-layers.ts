import type { Sprite, SpriteLayer } from '@aura/compositor';
import {
  clearBox,
  coveredBox,
  cropped,
  evenBox,
  layOver,
  spriteOf,
  type Box,
  type Pixels,
} from './pixels.js';
import type { SpriteDrawing } from './sprite-drawings.js';
import { wordMasks, type WordGroup, type WordMask } from './word-masks.js';

/** Pictures for the compositor and where and when they are seen; layers name sprites of the same value. */
export interface Sprites {
  sprites: Sprite[];
  layers: SpriteLayer[];
}

/** What libass drew of one caption, and its pictographs. */
export interface DrawnCaption {
  drawing: SpriteDrawing;
  /** In the order of `drawing.texts`. */
  pictures: Pixels[];
  /** In the order of `drawing.emoji`. */
  emoji: Pixels[];
  /** Upper edge of the pictures in the frame, even. */
  offsetPx: number;
}

/**
 * A caption as sprites: one picture of it, and where words stand out, each word without and with its accent apart,
 * so that a caption of many words is not many captions.
 */
export function spriteLayers(drawn: DrawnCaption): Sprites {
  const { drawing, pictures } = drawn;
  const [plain, accent, marked] = pictures;
  const out: Collected = { all: { sprites: [], layers: [] }, offsetPx: drawn.offsetPx };
  if (!plain) return out.all;
  if (drawing.words.length === 0 || !accent || !marked) {
    layEmoji(drawn, [plain]);
    const box = coveredBox(plain);
    if (box) showWhole(out, drawing, { plain, box: evenBox(box, plain) });
    return out.all;
  }
  const { mask, groups } = wordMasks(marked, plain, accent);
  layEmoji(drawn, [plain, accent]);
  for (const group of groups) showWords(out, drawing, { group, plain, accent, mask });
  for (const { box } of groups) clearBox(plain, box);
  const rest = coveredBox(plain);
  if (!rest) return out.all;
  const box = evenBox(rest, plain);
  const [{ from, to }] = drawing.states;
  const last = drawing.states.at(-1)?.to ?? to;
  show(out, add(out, cropped(plain, box)), { ...box, from, to: last });
  return out.all;
}

function showWhole(
  out: Collected,
  { states }: SpriteDrawing,
  { plain, box }: { plain: Pixels; box: Box },
): void {
  const sprite = add(out, cropped(plain, box));
  for (const { from, to } of states) show(out, sprite, { ...box, from, to });
}

interface Collected {
  all: Sprites;
  offsetPx: number;
}

function add({ all }: Collected, pixels: Pixels): number {
  return all.sprites.push(spriteOf(pixels)) - 1;
}

interface Span {
  from: number;
  to: number;
}

/** Longer where the same sprite was seen until then. */
function show({ all, offsetPx }: Collected, sprite: number, place: Box & Span): void {
  const { from, to, x, y } = place;
  const last = all.layers.at(-1);
  if (last?.to === from && last.sprites[0] === sprite) last.to = to;
  else all.layers.push({ sprites: [sprite], from, to, x, y: y + offsetPx, opacity: 1 });
}

interface Words {
  group: WordGroup;
  plain: Pixels;
  accent: Pixels;
  mask: WordMask;
}

/** The box of a few words: plain, but for the time in which one of them is said. */
function showWords(out: Collected, { states, words }: SpriteDrawing, parts: Words): void {
  const { box } = parts.group;
  const plain = add(out, cropped(parts.plain, box));
  const said = new Map(parts.group.words.map((word) => [word, add(out, accented(parts, word))]));
  for (const { from, to, said: place } of states) {
    const word = place ? words.indexOf(place) : -1;
    show(out, said.get(word) ?? plain, { ...box, from, to });
  }
}

function accented({ group, plain, accent, mask }: Words, word: number): Pixels {
  const part = cropped(plain, group.box);
  const { x, y, widthPx, heightPx } = group.box;
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      const index = (y + row) * plain.widthPx + x + column;
      if (mask[index] !== word + 1) continue;
      part.data.set(accent.data.subarray(index * 4, index * 4 + 4), (row * widthPx + column) * 4);
    }
  }
  return part;
}

/** Pictographs over the room that libass left for each. */
function layEmoji({ drawing, pictures, emoji }: DrawnCaption, onto: readonly Pixels[]): void {
  const rooms = pictures.slice(pictures.length - emoji.length);
  for (const [index, room] of rooms.entries()) {
    const place = coveredBox(room, 128);
    const picture = emoji[index];
    if (!place || !picture) continue;
    const at = {
      x: Math.round(place.x + (place.widthPx - drawing.emojiBox.widthPx) / 2),
      y: Math.round(place.y + (place.heightPx - drawing.emojiBox.heightPx) / 2),
    };
    for (const pixels of onto) layOver(pixels, picture, at);
  }
}
