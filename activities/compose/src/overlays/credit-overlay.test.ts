import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Attribution, EncodeSegmentRequest, FilmStyle, Shot } from '@aura/proto';
import { createComposeActivities } from '../compose-activities.js';
import { filmKit, grayFrames, JOB, SMALL, twoShots, type FilmKit } from '../testing/film-kit.js';
import { readFragment } from '../timeline/read-fragment.js';

const url = { authorUrl: '', pageUrl: '', licence: '', licenceUrl: '' };
const ANA: Attribution = { ...url, author: 'Ana Lima', source: 'Pexels' };
const PLAIN: FilmStyle = {
  motion: 'none',
  fit: '',
  transitionMs: 0,
  overlays: [],
  figures: true,
};

let kit: FilmKit;
let bare: Shot;
let stock: Shot;
beforeAll(async () => {
  kit = await filmKit();
  [bare] = await twoShots(kit);
  stock = { ...bare, picture: { ...bare.picture, attribution: ANA } };
});
afterAll(() => kit.remove());

const request = (changes: Partial<EncodeSegmentRequest> = {}): EncodeSegmentRequest => ({
  job: JOB,
  render: SMALL,
  language: 'en-US',
  shot: stock,
  style: PLAIN,
  ...changes,
});
const laid = async (changes: Partial<EncodeSegmentRequest> = {}) =>
  (await readFragment(kit.store, request(changes))).overlays;

test('a stock picture names its author in the segment, in words that can be read', async () => {
  const [credit, ...others] = await laid();
  expect(others).toEqual([]);
  expect(credit).toMatchObject({ kind: 'text', lines: ['Photo: Ana Lima / Pexels'], start: 0 });
  expect(credit?.text?.size).toBeGreaterThanOrEqual(0.022);
  const clip = { video: bare.picture.image, fromMs: 0, toMs: 9_000, speed: 0, loop: false };
  const moving = { ...stock, picture: { ...stock.picture, clip } };
  expect((await laid({ shot: moving, language: 'fr' }))[0]?.lines).toEqual([
    'Vidéo: Ana Lima / Pexels',
  ]);
  expect((await laid({ language: 'ja' }))[0]?.lines).toEqual(['Ana Lima / Pexels']);
  const long = { ...ANA, author: 'A'.repeat(120) };
  const [line] = (
    await laid({ shot: { ...bare, picture: { ...bare.picture, attribution: long } } })
  )[0]!.lines;
  expect(line?.length).toBeLessThan(52);
});

test('other pictures have the segment that they always had, and so has a style without credits', async () => {
  const { credits: _none, ...before } = { ...PLAIN, credits: undefined };
  expect(await laid({ shot: bare, style: before })).toEqual([]);
  const without = await readFragment(kit.store, request({ style: { ...PLAIN, credits: false } }));
  expect(without).toEqual(await readFragment(kit.store, request({ shot: bare })));
});

test('it stands within the safe area, on the side without captions, in a corner that is free', async () => {
  const placeOf = async (changes: Partial<EncodeSegmentRequest> = {}) =>
    (await laid(changes)).at(-1)?.place ?? { anchor: '', margin: 0 };
  expect((await placeOf()).anchor).toBe('top-left');
  expect((await placeOf()).margin * 180).toBeGreaterThanOrEqual(320 * 0.06);
  const reels = { ...SMALL, widthPx: 180, heightPx: 320, platform: 'reels' };
  expect((await placeOf({ render: reels })).margin * 180).toBeGreaterThanOrEqual(320 * 0.14 - 0.1);
  const captions = { mode: '', look: '', position: 'top', accent: '' };
  expect((await placeOf({ style: { ...PLAIN, captions } })).anchor).toBe('bottom-left');
  const [mark] = await laid();
  const overlays = [{ ...mark!, start: 0, frames: 0 }];
  const place = { start: 0, filmFrames: 40 };
  expect((await placeOf({ style: { ...PLAIN, overlays }, place })).anchor).toBe('top-right');
});

test('it is seen, in its corner alone, and changes the key of the segment', async () => {
  const activities = createComposeActivities(kit.dependencies);
  const [named, plain] = [
    await activities.encodeSegment(request()),
    await activities.encodeSegment(request({ shot: bare })),
  ];
  expect(named.unitKey).not.toBe(plain.unitKey);
  const [seen, other] = [await grayFrames(kit, named.video), await grayFrames(kit, plain.video)];
  const changed = [...seen[20]!.entries()]
    .filter(([at, level]) => Math.abs(level - other[20]![at]!) > 40)
    .map(([at]) => ({ x: at % 320, y: Math.floor(at / 320) }));
  expect(changed.length).toBeGreaterThan(40);
  for (const { x, y } of changed) {
    expect(x).toBeGreaterThanOrEqual(18);
    expect(y).toBeGreaterThanOrEqual(12);
    expect(y).toBeLessThan(40);
  }
});
