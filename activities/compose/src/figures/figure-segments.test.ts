import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EncodeSegmentRequest, FilmStyle, Overlay, Shot } from '@aura/proto';
import { createComposeActivities } from '../compose-activities.js';
import { filmKit, grayFrames, JOB, SMALL, twoShots, type FilmKit } from '../testing/film-kit.js';
import { likeness } from '../testing/painted.js';
import { SAMPLE_FIGURES } from '../testing/sample-figures.js';

let kit: FilmKit;
let drawn: Shot;
let second: Shot;
beforeAll(async () => {
  kit = await filmKit();
  const [first, last] = await twoShots(kit);
  const figure = SAMPLE_FIGURES['bars'];
  drawn = { ...first, picture: { ...first.picture, ...(figure ? { figure } : {}) } };
  second = last;
});
afterAll(() => kit.remove());

const style = (more: Partial<FilmStyle> = {}): FilmStyle => ({
  motion: '',
  fit: '',
  transitionMs: 0,
  overlays: [],
  figures: true,
  captions: { mode: 'none', look: '', position: '', accent: '' },
  ...more,
});
const request = (changes: Partial<EncodeSegmentRequest> = {}): EncodeSegmentRequest => ({
  job: JOB,
  render: SMALL,
  language: 'en-US',
  shot: drawn,
  style: style(),
  ...changes,
});
const frames = async (changes: Partial<EncodeSegmentRequest>, renderer?: 'ffmpeg') => {
  const activities = createComposeActivities({
    ...kit.dependencies,
    ...(renderer ? { renderer } : {}),
  });
  return grayFrames(kit, (await activities.encodeSegment(request(changes))).video);
};

test('a segment of a figure builds it up, and the one after begins with it as it ended', async () => {
  const built = await frames({});
  expect(built).toHaveLength(40);
  const [begun, ended] = [built[0], built.at(-1)];
  expect(likeness(begun, ended)).toBeLessThan(25);
  expect(likeness(built[36], ended)).toBeGreaterThan(38);
  const next = await frames({ shot: second, previous: drawn });
  expect(likeness(next[0], ended)).toBeGreaterThan(likeness(next[0], begun));
});

test('FFmpeg alone builds figures up as the compositor does; without figures the picture is shown', async () => {
  const [own, theirs] = [await frames({}), await frames({}, 'ffmpeg')];
  expect(theirs).toHaveLength(40);
  const bare = own[0];
  for (const at of [0, 8, 16, 24, 39]) {
    expect(likeness(theirs[at], own[at])).toBeGreaterThan(21);
    if (at > 0) expect(likeness(theirs[at], own[at])).toBeGreaterThan(likeness(theirs[at], bare));
  }
  const next = { shot: second, previous: drawn };
  expect(likeness((await frames(next, 'ffmpeg'))[0], (await frames(next))[0])).toBeGreaterThan(30);
  const picture = await frames({ style: style({ figures: false }) });
  expect(likeness(picture[0], own[0])).toBeLessThan(20);
});

test('FFmpeg alone lays texts, lower thirds and progress over the picture, when and where they belong', async () => {
  const over = (kind: string, animation: string, more: Partial<Overlay> = {}): Overlay => ({
    kind,
    start: 8,
    frames: 24,
    place: { anchor: '', margin: 0, width: 0, toAnchor: '' },
    opacity: 1,
    animation,
    lines: kind === 'progress' ? [] : ['Aura films', 'Drawn twice'],
    radius: 0,
    border: 0,
    colour: '',
    ...more,
  });
  const overlays = [
    over('lower-third', 'slide'),
    over('text', 'typewriter'),
    over('progress', 'none', { start: 0, frames: 0 }),
  ];
  const changes = {
    style: style({ overlays, figures: false, motion: 'none' }),
    place: { start: 0, filmFrames: 40 },
  };
  const [own, theirs] = [await frames(changes), await frames(changes, 'ffmpeg')];
  const bare = await frames({ style: style({ figures: false, motion: 'none' }) });
  for (const at of [0, 7, 8, 12, 20, 31, 32, 39]) {
    expect(likeness(theirs[at], own[at])).toBeGreaterThan(23);
    expect(likeness(theirs[at], own[at])).toBeGreaterThan(likeness(theirs[at], bare[at]));
  }
});

test('what lies over the picture is drawn, and changes the segment’s key', async () => {
  const activities = createComposeActivities(kit.dependencies);
  const mark: Overlay = {
    kind: 'text',
    start: 0,
    frames: 0,
    place: { anchor: 'top-right', margin: 0.04, width: 0, toAnchor: '' },
    opacity: 0.6,
    animation: 'none',
    lines: ['© Aura'],
    radius: 0,
    border: 0,
    colour: '',
  };
  const plain = await activities.encodeSegment(request());
  const marked = await activities.encodeSegment(request({ style: style({ overlays: [mark] }) }));
  expect(marked.unitKey).not.toBe(plain.unitKey);
  const [bare, over] = [await grayFrames(kit, plain.video), await grayFrames(kit, marked.video)];
  const corner = (frame?: Buffer) => frame?.subarray(0, 320 * 30);
  const rest = (frame?: Buffer) => frame?.subarray(320 * 60);
  expect(likeness(corner(over[39]), corner(bare[39]))).toBeLessThan(28);
  expect(likeness(rest(over[39]), rest(bare[39]))).toBeGreaterThan(38);
});
