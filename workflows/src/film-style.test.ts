import { expect, test } from 'vitest';
import { labelsOf, type FilmStyle, type Overlay, type RenderSpec } from '@aura/proto';
import { chaptersOf } from './chapters.js';
import { styleAtRate, styleOfSegment } from './film-style.js';

const RENDER: RenderSpec = {
  widthPx: 1_920,
  heightPx: 1_080,
  fps: 30,
  aspect: '16:9',
  quality: 'standard',
};

function overlay(changes: Partial<Overlay>): Overlay {
  const place = { anchor: 'top', margin: 0, width: 0, toAnchor: '' };
  const looks = { opacity: 0, animation: 'none', lines: ['x'], radius: 0, border: 0, colour: '' };
  return { kind: 'text', start: 0, frames: 0, place, ...looks, ...changes };
}

function style(overlays: Overlay[]): FilmStyle {
  return { motion: '', fit: '', transitionMs: 0, overlays, figures: true };
}

test('a segment is asked for with what meets it, and with nothing that sounds', () => {
  const always = overlay({ kind: 'picture' });
  const early = overlay({ start: 10, frames: 20 });
  const late = overlay({ start: 300 });
  const bar = overlay({ kind: 'progress' });
  const sound = { effects: [], loudnessLufs: -16, mono: false, denoise: false };
  const whole = { ...style([always, early, late, bar]), sound };
  const seen = (start: number) =>
    styleOfSegment(whole, { place: { start, filmFrames: 400 }, frames: 100 });
  expect(seen(0).overlays).toEqual([always, early, bar]);
  expect(seen(100).overlays).toEqual([always, bar]);
  expect(seen(300).overlays).toEqual([always, late, bar]);
  expect(seen(0)).not.toHaveProperty('sound');
});

test('times of a style are the same in a film of another rate', () => {
  const at = style([overlay({ start: 30, frames: 15 }), overlay({})]);
  const { overlays } = styleAtRate(at, RENDER, { ...RENDER, fps: 60 });
  expect(overlays.map(({ start, frames }) => [start, frames])).toEqual([
    [60, 30],
    [0, 0],
  ]);
  expect(styleAtRate(at, RENDER, { ...RENDER, heightPx: 720 })).toBe(at);
});

test('chapters begin at headings, last ten seconds each, and are there from three on', () => {
  const scenes = ['Start', 'Start', 'Middle', '', 'End'].map((heading) => ({ heading }));
  const shots = (frames: number) => scenes.map(() => ({ frames }));
  expect(chaptersOf(scenes, shots(300), RENDER)).toEqual([
    { start: 0, title: 'Start' },
    { start: 600, title: 'Middle' },
    { start: 1_200, title: 'End' },
  ]);
  expect(chaptersOf(scenes, shots(90), RENDER)).toEqual([]);
});

test('further films are told apart by where they are for, their shape or their codec', () => {
  const tall = { ...RENDER, widthPx: 1_080, heightPx: 1_920, aspect: '9:16' };
  const fast = { ...tall, fps: 60 };
  expect(labelsOf([tall, { ...tall, platform: 'tiktok' }, fast, fast, RENDER])).toEqual([
    '9x16-1080p',
    'tiktok',
    '9x16-1080p-60fps',
    '9x16-1080p-4',
    '16x9-1080p',
  ]);
});
