import { expect, test } from 'vitest';
import type { RenderSpec } from '@aura/proto';
import { invalidInput } from '../../problem/invalid-input.js';
import { generateRequest } from '../generate-request.js';
import { orderFrom } from '../order.js';
import { styleFiles, styleOf } from './style-of.js';
import { filmStyle } from './style-request.js';

const ASSET = '01a1ff2d-4456-77b6-95bc-cd7b02250dd8';
const BLOB = { sha256: 'a'.repeat(64), bytes: 3, mediaType: 'image/png' };
const NTSC: RenderSpec = {
  widthPx: 1_280,
  heightPx: 720,
  fps: 30,
  rate: { numerator: 30_000, denominator: 1_001 },
  aspect: '16:9',
  quality: 'draft',
};

function wrongFields(style: unknown): string[] {
  const { error } = generateRequest.safeParse({ brief: 'B', options: { style } });
  return error ? invalidInput(error.issues).fields.map(({ field }) => field) : [];
}

const of = (style: unknown) =>
  styleOf(filmStyle.parse(style), NTSC, (id) => (id ? BLOB : undefined));

test('seconds become frames of the film’s own rate; what is left open stays open', () => {
  expect(of({})).toEqual({ motion: '', fit: '', transitionMs: 0, overlays: [], figures: true });
  expect(of({ credits: true })).toEqual(of({}));
  expect(of({ credits: false })).toEqual({ ...of({}), credits: false });
  const style = of({
    motion: 'in',
    transition: { kind: 'wipe', seconds: 0.7 },
    captions: { look: 'karaoke', accent: '#FFCC00' },
    overlays: [{ kind: 'lower-third', lines: ['Ada', 'Engineer'], atSeconds: 10, seconds: 4 }],
    figures: false,
  });
  expect(style).toMatchObject({
    motion: 'in',
    transition: { kind: 'wipe', frames: 0, direction: 'left', colour: '' },
    transitionMs: 700,
    captions: { mode: '', look: 'karaoke', position: '', accent: '#ffcc00' },
    figures: false,
  });
  expect(style.overlays).toEqual([
    {
      kind: 'lower-third',
      start: 300,
      frames: 120,
      place: { anchor: 'bottom-left', margin: 0.05, width: 0, toAnchor: '' },
      opacity: 0,
      animation: 'none',
      lines: ['Ada', 'Engineer'],
      text: { size: 0, colour: '', background: '' },
      radius: 0,
      border: 0,
      colour: '',
    },
  ]);
});

test('a watermark and a bar lie over the whole film, above what else lies over it', () => {
  const { overlays } = of({
    watermark: { assetId: ASSET },
    progressBar: { position: 'top', colour: '#00aa00' },
    overlays: [{ kind: 'text', lines: ['Hello'] }],
  });
  expect(overlays.map(({ kind, start, frames }) => [kind, start, frames])).toEqual([
    ['text', 0, 0],
    ['progress', 0, 0],
    ['picture', 0, 0],
  ]);
  expect(overlays[2]).toMatchObject({ image: BLOB, opacity: 0.7, place: { width: 0.12 } });
  expect(overlays[1]).toMatchObject({ colour: '#00aa00', place: { anchor: 'top', margin: 0 } });
});

test('music is made here or brought along, and gives way to speech', () => {
  const { sound } = of({
    sound: {
      music: { mood: 'calm', fadeOutSeconds: 3 },
      sounds: [
        { kind: 'effect', name: 'chime', atSeconds: 1 },
        { kind: 'ambience', assetId: ASSET, gainDb: -6 },
      ],
      loudnessLufs: -16,
    },
  });
  expect(sound).toMatchObject({
    music: { kind: 'music', mood: 'calm', fadeIn: 0, fadeOut: 90, duck: true, loop: true },
    effects: [
      { kind: 'effect', mood: 'chime', start: 30, frames: 0, duck: false, loop: false },
      { kind: 'ambience', mood: '', audio: BLOB, gainDb: -6, duck: true, loop: true },
    ],
    loudnessLufs: -16,
    mono: false,
  });
});

test('what cannot be is refused by the name of its field', () => {
  expect(
    wrongFields({
      motion: 'round',
      transition: { kind: 'wipe', seconds: 9 },
      captions: { accent: 'red' },
      overlays: [
        { kind: 'text' },
        { kind: 'picture', lines: ['x'] },
        { kind: 'progress', animation: 'typewriter' },
        { kind: 'clip', assetId: ASSET, fromSeconds: 4, toSeconds: 3 },
      ],
      watermark: {},
      sound: {
        music: { mood: 'calm', assetId: ASSET },
        sounds: [{ kind: 'effect', name: 'rain' }],
      },
      colour: '#ffffff',
    }).map((field) => field.replace('options.style.', '')),
  ).toEqual(
    [
      'motion',
      'transition.seconds',
      'captions.accent',
      'overlays[0].lines',
      'overlays[1].lines',
      'overlays[1].assetId',
      'overlays[2].animation',
      'overlays[3].toSeconds',
      'watermark',
      'sound.music',
      'sound.sounds[0].name',
      'colour',
    ].map((field) => field),
  );
  const many = Array.from({ length: 51 }, () => ({ kind: 'progress' }));
  expect(wrongFields({ overlays: many })).toEqual(['options.style.overlays']);
});

test('every file that a style names is asked for by its place', () => {
  const style = filmStyle.parse({
    overlays: [{ kind: 'progress' }, { kind: 'clip', assetId: ASSET }],
    watermark: { assetId: ASSET },
    sound: { music: { assetId: ASSET } },
  });
  expect(
    styleFiles(style, ['options', 'style']).map(({ kind, path }) => [kind, path.join('.')]),
  ).toEqual([
    ['clip', 'options.style.overlays.1.assetId'],
    ['picture', 'options.style.watermark.assetId'],
    ['sound', 'options.style.sound.music.assetId'],
  ]);
});

test('an order has a style only where the request has one', () => {
  expect(orderFrom(generateRequest.parse({ brief: 'B' }))).not.toHaveProperty('style');
  const styled = generateRequest.parse({ brief: 'B', options: { style: { motion: 'none' } } });
  expect(orderFrom(styled).style).toMatchObject({ motion: 'none', figures: true });
});
