import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedFontLibrary } from '@aura/drawing';
import { runFfmpeg } from '@aura/media';
import type { Overlay } from '@aura/proto';
import sharp from 'sharp';
import { chart, likenessTo, paintedFrames } from '../testing/painted.js';
import { drawOverlays } from './draw-overlays.js';

const SIZE = { widthPx: 320, heightPx: 180 };
const FRAME = { ...SIZE, rate: { numerator: 30, denominator: 1 }, language: 'en', frames: 60 };
const IMAGE = { sha256: 'a'.repeat(64), bytes: 1, mediaType: 'image/png' };
const CLIP = { sha256: 'b'.repeat(64), bytes: 1, mediaType: 'video/mp4' };
const golden = (name: string) =>
  fileURLToPath(new URL(`../testing/golden/overlay-${name}.png`, import.meta.url));

let folder: string;
let picture: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'aura-overlays-'));
  picture = path.join(folder, 'picture');
  const background = '#1f7a5a';
  const dot = '<svg width="120" height="80"><circle cx="60" cy="40" r="30" fill="#ffd58a"/></svg>';
  await sharp({ create: { width: 120, height: 80, channels: 3, background } })
    .composite([{ input: Buffer.from(dot) }])
    .png()
    .toFile(picture);
  const chart = ['-f', 'lavfi', '-i', 'testsrc2=s=96x128:r=30:d=1', '-pix_fmt', 'yuv420p'];
  await runFfmpeg('ffmpeg', ['-v', 'error', ...chart, path.join(folder, 'clip.mp4')]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function overlay(kind: string, more: Partial<Overlay> = {}): Overlay {
  return {
    kind,
    place: { anchor: '', margin: 0, width: 0, toAnchor: '' },
    start: 0,
    frames: 60,
    opacity: 0,
    animation: 'none',
    lines: [],
    radius: 0,
    border: 0,
    colour: '',
    ...more,
  };
}

const at = (anchor: string, more: Partial<NonNullable<Overlay['place']>> = {}) => ({
  place: { anchor, margin: 0.05, width: 0, toAnchor: '', ...more },
});

function files(name: string) {
  const clips = { ffmpegPath: 'ffmpeg', folder, signal: undefined, limitMs: 20_000 };
  return { fileOf: (sha256: string) => (sha256 === CLIP.sha256 ? 'clip.mp4' : name), clips };
}

async function drawn(...overlays: Overlay[]) {
  const fonts = await sharedFontLibrary();
  return drawOverlays(overlays, FRAME, { fonts, ...files('picture') });
}

const SAMPLES: Record<string, { overlays: Overlay[]; frames: number[] }> = {
  'text-fade': {
    overlays: [
      overlay('text', { lines: ['Rivers', 'of the north'], animation: 'fade', ...at('centre') }),
    ],
    frames: [0, 4, 30, 57],
  },
  'text-slide': {
    overlays: [
      overlay('text', {
        lines: ['Chapter two'],
        animation: 'slide',
        text: { size: 0.09, colour: '#ffffff', background: '#8f2a1b' },
        ...at('top-left'),
      }),
    ],
    frames: [1, 6, 30, 56],
  },
  typewriter: {
    overlays: [
      overlay('text', {
        lines: ['Letter by letter', 'and line by line'],
        animation: 'typewriter',
        ...at('left'),
      }),
    ],
    frames: [2, 14, 28, 59],
  },
  'count-up': {
    overlays: [
      overlay('text', {
        lines: ['1,250 km', 'from spring to sea'],
        animation: 'count-up',
        text: { size: 0.16, colour: '', background: '' },
        ...at('bottom-right'),
      }),
    ],
    frames: [0, 10, 20, 59],
  },
  'lower-third': {
    overlays: [
      overlay('lower-third', {
        lines: ['Ada Lovelace', 'Mathematician'],
        animation: 'slide',
        colour: '#ffb84d',
        ...at('bottom-left'),
      }),
    ],
    frames: [2, 8, 30, 57],
  },
  picture: {
    overlays: [
      overlay('picture', {
        image: IMAGE,
        radius: 0.05,
        border: 0.015,
        ...at('top-right', { width: 0.3, toAnchor: 'bottom-right' }),
      }),
      overlay('text', { lines: ['© Aura'], opacity: 0.5, ...at('top-left') }),
      overlay('picture', { image: IMAGE, opacity: 0.4, ...at('bottom-left', { width: 0.1 }) }),
    ],
    frames: [0, 30, 59],
  },
  clip: {
    overlays: [
      overlay('clip', {
        clip: { video: CLIP, fromMs: 200, toMs: 900, speed: 1, loop: true },
        radius: 0.06,
        border: 0.02,
        colour: '#ffe066',
        ...at('right', { width: 0.25, toAnchor: 'left' }),
      }),
    ],
    frames: [0, 20, 22, 59],
  },
  progress: {
    overlays: [
      overlay('progress', { colour: '#ffe066', border: 0.03, ...at('bottom', { margin: 0 }) }),
    ],
    frames: [0, 20, 40, 59],
  },
};

test.each(Object.entries(SAMPLES))('%s looks as it was looked at', async (name, sample) => {
  const layers = await drawn(...sample.overlays);
  const frames = await paintedFrames({ ...layers, ground: chart(SIZE) }, sample.frames);
  expect(await likenessTo(golden(name), frames, SIZE)).toBeGreaterThan(28);
});

test('an overlay stands in its corner, within its margin, and a lower third above the captions', async () => {
  const corners = [
    'top-left',
    'top',
    'top-right',
    'left',
    'centre',
    'right',
    'bottom-left',
    'bottom-right',
  ];
  for (const anchor of corners) {
    const { sprites, layers } = await drawn(overlay('picture', { image: IMAGE, ...at(anchor) }));
    const [x, y] = [Number(layers[0]?.x), Number(layers[0]?.y)];
    const [width, height] = [sprites[0]?.widthPx ?? 0, sprites[0]?.heightPx ?? 0];
    expect([anchor, x]).toEqual([
      anchor,
      anchor.endsWith('left') ? 9 : anchor.endsWith('right') ? 320 - 9 - width : (320 - width) / 2,
    ]);
    const [top, bottom] = [anchor.startsWith('top'), anchor.startsWith('bottom')];
    expect(y).toBe(top ? 9 : bottom ? 180 - 9 - height : Math.round((180 - height) / 2));
  }
  const third = await drawn(overlay('lower-third', { lines: ['A name', 'A role'] }));
  const bottom = Number(third.layers[0]?.y) + (third.sprites[0]?.heightPx ?? 0);
  expect(bottom).toBeLessThanOrEqual(180 * 0.78);
});

test('what began before the segment goes on where it is, and texts of all kinds are drawn or left out', async () => {
  const [layer] = (await drawn(overlay('progress', { start: -300, frames: 600 }))).layers.slice(1);
  expect(layer).toMatchObject({ from: -300, to: 300 });
  const odd = [
    '',
    '\u0000',
    '</svg><image href="file:///etc/passwd"/>',
    '𝒳'.repeat(400),
    '🙂',
    'مرحبا',
  ];
  for (const text of odd) {
    for (const animation of ['none', 'typewriter', 'count-up', 'slide']) {
      const { sprites } = await drawn(
        overlay('text', { lines: [text, text], animation, start: -5 }),
      );
      for (const { widthPx, heightPx, rgba } of sprites) {
        expect(rgba.length).toBe(widthPx * heightPx * 4);
        expect(widthPx).toBeLessThanOrEqual(SIZE.widthPx);
      }
    }
  }
});

test('a video goes on where it was, stays as it ends, and begins anew where it is to', async () => {
  const clip = { video: CLIP, fromMs: 0, toMs: 500, speed: 1, loop: false };
  const shownOf = async (start: number, loop: boolean) => {
    const one = overlay('clip', { clip: { ...clip, loop }, start, frames: 200 });
    const { sprites, layers } = await drawn(one);
    return { sprites: sprites.length, order: layers[0]?.sprites ?? [], from: layers[0]?.from };
  };
  const once = await shownOf(0, false);
  expect([once.sprites, once.order.length, once.order.at(-1), once.from]).toEqual([15, 60, 14, 0]);
  const looped = await shownOf(-5, true);
  expect(looped.order.slice(0, 12)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0, 1]);
  expect(await shownOf(-100, false)).toMatchObject({ sprites: 1, from: 0 });
});

test('what is no picture is refused, whatever it is called', async () => {
  const fonts = await sharedFontLibrary();
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
  for (const bytes of ['', 'no picture', svg]) {
    const file = path.join(folder, 'odd.png');
    await writeFile(file, bytes);
    const one = overlay('picture', { image: IMAGE });
    await expect(drawOverlays([one], FRAME, { fonts, ...files('odd.png') })).rejects.toMatchObject({
      code: 'PictureInvalid',
    });
  }
});
