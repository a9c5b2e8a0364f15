import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaptionStyle } from '@aura/proto';
import {
  captionKit,
  captionOf,
  laidOver,
  psnr,
  seenAt,
  type CaptionKit,
} from '../testing/caption-kit.js';
import type { CaptionSpritesRequest } from './caption-sprites.js';
import { safeAreaOf } from './safe-area.js';

let kit: CaptionKit;
beforeAll(async () => {
  kit = await captionKit();
});
afterAll(() => kit.remove());

const RENDER = { widthPx: 320, heightPx: 180 };
const WORDS = 'Coffee began as a wild plant in the highlands, {they} say.'.split(' ');
const LINES = ['Coffee began as a wild plant', 'in the highlands, {they} say.'];

function request(
  style: Partial<CaptionStyle>,
  changes: Partial<CaptionSpritesRequest> = {},
): CaptionSpritesRequest {
  const captions = [captionOf(LINES, WORDS), { start: 70, frames: 8, lines: ['Yes.'], words: [] }];
  const whole = { mode: '', look: '', position: '', accent: '', ...style };
  const shape = { render: RENDER, fps: 25, frames: 80 };
  return { captions, ...shape, language: 'en', style: whole, ...changes };
}

/** Around the beginnings and ends of captions and words. */
const FRAMES = [0, 1, 2, 6, 7, 36, 37, 61, 62, 69, 70, 77, 78];

test.each([
  ['boxed', 'bottom'],
  ['clean', 'top'],
  ['karaoke', 'bottom'],
  ['word', 'middle'],
])(
  '%s captions at the %s are what libass would have burned, frame by frame',
  async (look, position) => {
    const order = request({ look, position, accent: '#ffffff' });
    const [{ bare, burned }, sprites] = [await kit.burned(order), await kit.sprites(order)];
    const { widthPx, heightPx } = RENDER;
    const bytes = (widthPx * heightPx * 3) / 2;
    for (const frame of FRAMES) {
      const part = (film: Buffer) => film.subarray(frame * bytes, (frame + 1) * bytes);
      const seen = seenAt(sprites, frame);
      const drawn = laidOver(part(bare), widthPx, seen);
      expect(psnr(drawn, part(burned))).toBeGreaterThan(48);
      for (const { box } of seen)
        expect(psnr(drawn, part(burned), { widthPx, box })).toBeGreaterThan(40);
    }
  },
);

test('the word that is said has the accent, and nothing else changes', async () => {
  const order = request({ look: 'karaoke', accent: '#ff0000' });
  const sprites = await kit.sprites(order);
  const reds = (frame: number) =>
    seenAt(sprites, frame)
      .filter(({ sprite: { rgba } }) => isRed(rgba))
      .map(({ box }) => box);
  // Five frames a word from frame 2 on.
  const said = [2, 7, 12, 17, 22, 27].map((frame) => reds(frame + 2));
  expect(said.every((boxes) => boxes.length === 1)).toBe(true);
  const lefts = said.map(([box]) => box?.x ?? 0);
  expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
  expect(new Set(lefts).size).toBe(6);
  // All of it is one picture and two of each word.
  expect(sprites.sprites).toHaveLength(2 + 2 * WORDS.length);
  const pixels = sprites.sprites.reduce((sum, { rgba }) => sum + rgba.length / 4, 0);
  const [whole] = (await kit.sprites(request({ look: 'clean' }))).sprites;
  expect(pixels).toBeLessThan(4 * ((whole?.rgba.length ?? 0) / 4));
});

function isRed(rgba: Uint8Array): boolean {
  for (let at = 0; at < rgba.length; at += 4)
    if ((rgba[at] ?? 0) > 150 && (rgba[at + 1] ?? 0) < 20 && (rgba[at + 3] ?? 0) > 150) return true;
  return false;
}

test('pictographs are drawn in their colours, in the middle of their line, in every look', async () => {
  const lines = ['Fruit \u{1f34e} and trees \u{1f332}'];
  for (const look of ['boxed', 'clean', 'karaoke']) {
    const captions = [captionOf(lines, ['Fruit', '\u{1f34e}', 'and', 'trees', '\u{1f332}'])];
    const sprites = await kit.sprites(request({ look }, { captions, frames: 40 }));
    const frame = new Uint8Array((320 * 180 * 3) / 2).fill(128);
    const seen = seenAt(sprites, 3);
    const drawn = laidOver(frame, 320, seen);
    const cr = chroma(drawn, 'cr');
    const cb = chroma(drawn, 'cb');
    // The apple is red, the tree is green, and between them is half of the line.
    expect(Math.max(...cr.values())).toBeGreaterThan(170);
    expect(Math.min(...cr.values())).toBeLessThan(118);
    expect(Math.min(...cb.values())).toBeLessThan(118);
    const apple = placeOf(cr, Math.max(...cr.values()));
    const tree = placeOf(cr, Math.min(...cr.values()));
    expect(tree.x - apple.x).toBeGreaterThan(40);
    expect(Math.abs(tree.y - apple.y)).toBeLessThan(10);
  }
});

const SIZE = { widthPx: 160, heightPx: 90 };

function chroma(frame: Uint8Array, plane: 'cb' | 'cr'): Uint8Array {
  const size = SIZE.widthPx * SIZE.heightPx;
  const from = 4 * size + (plane === 'cr' ? size : 0);
  return frame.subarray(from, from + size);
}

function placeOf(plane: Uint8Array, value: number): { x: number; y: number } {
  const at = plane.indexOf(value);
  return { x: 2 * (at % SIZE.widthPx), y: 2 * Math.floor(at / SIZE.widthPx) };
}

test('one word at a time can be a pictograph; a word that is too long for the frame is made smaller', async () => {
  const words = ['\u{1f34e}', 'Donaudampfschifffahrtsgesellschaftskapit\u00e4n'];
  const captions = [captionOf([words.join(' ')], words, 10)];
  const { sprites } = await kit.sprites(request({ look: 'word' }, { captions, frames: 30 }));
  expect(sprites).toHaveLength(2);
  for (const { widthPx } of sprites) expect(widthPx).toBeLessThan(320 * 0.9);
});

test('captions that meet the run from outside are seen in it, and none beyond its ends', async () => {
  const around = [
    { start: -10, frames: 15, lines: ['Before'], words: [] },
    { start: 25, frames: 50, lines: ['After'], words: [] },
    { start: 90, frames: 5, lines: ['Never'], words: [] },
  ];
  const { layers } = await kit.sprites(request({}, { captions: around, frames: 30 }));
  expect(layers.map(({ from, to }) => [from, to])).toEqual([
    [0, 5],
    [25, 30],
  ]);
});

test.each(['tiktok', 'shorts', 'reels'])(
  // Pictures begin and end on whole pairs of pixels.
  'captions stay inside what %s leaves free, in every position',
  async (platform) => {
    const render = { widthPx: 216, heightPx: 384, platform };
    const safe = safeAreaOf(render);
    for (const [position, look] of [
      ['top', 'boxed'],
      ['middle', 'clean'],
      ['bottom', 'boxed'],
      ['bottom', 'word'],
    ] as const) {
      const order = request({ position, look }, { render });
      for (const { box } of seenAt(await kit.sprites(order), 10)) {
        expect(box.x).toBeGreaterThanOrEqual(safe.left * 216 - 2);
        expect(box.x + box.widthPx).toBeLessThanOrEqual((1 - safe.right) * 216 + 2);
        expect(box.y).toBeGreaterThanOrEqual(safe.top * 384 - 2);
        expect(box.y + box.heightPx).toBeLessThanOrEqual((1 - safe.bottom) * 384 + 2);
      }
    }
  },
);

test('hostile captions of a user cost neither time nor memory, and are drawn literally', async () => {
  const lines = [
    `{\\fs30000}{\\p1}m 0 0 l 9999999 9999999{\\p0} <font size="30000">`,
    'W'.repeat(200_000),
  ];
  const zalgo = { start: 40, frames: 20, lines: [`e${'\u0301'.repeat(50_000)}`, ''], words: [] };
  const captions = [{ start: 0, frames: 40, lines, words: [] }, zalgo];
  const started = Date.now();
  const { sprites } = await kit.sprites(request({}, { captions }));
  expect(Date.now() - started).toBeLessThan(8_000);
  for (const { widthPx, heightPx } of sprites) {
    expect(widthPx).toBeLessThanOrEqual(320);
    expect(heightPx).toBeLessThanOrEqual(180);
  }
});
