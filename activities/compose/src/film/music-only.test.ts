import { afterAll, beforeAll, expect, test } from 'vitest';
import { stat } from 'node:fs/promises';
import type { AssembleFilmRequest, FilmStyle, Segment, Shot } from '@aura/proto';
import { createComposeActivities } from '../compose-activities.js';
import { encodeAll, filmKit, JOB, SMALL, twoShots, type FilmKit } from '../testing/film-kit.js';

let kit: FilmKit;
let shots: [Shot, Shot];
let segments: Segment[];
beforeAll(async () => {
  kit = await filmKit({ renderer: 'ffmpeg' });
  shots = await twoShots(kit);
  segments = await encodeAll(kit, shots);
}, 120_000);
afterAll(() => kit.remove());

const MUSIC = {
  kind: 'music',
  start: 0,
  frames: 0,
  mood: 'upbeat',
  gainDb: 0,
  fadeIn: 0,
  fadeOut: 0,
  duck: true,
  loop: true,
};

const style = (changes: Partial<typeof MUSIC> = {}): FilmStyle => ({
  motion: 'auto',
  fit: '',
  transitionMs: 0,
  overlays: [],
  figures: false,
  sound: {
    music: { ...MUSIC, ...changes },
    effects: [],
    loudnessLufs: 0,
    mono: false,
    denoise: false,
  },
});

const request = (changes: Partial<AssembleFilmRequest> = {}): AssembleFilmRequest => ({
  job: JOB,
  render: SMALL,
  title: 'Coffee',
  language: 'en-US',
  shots,
  segments,
  ...changes,
});

test('other music draws no picture: the segments stay as they are, file by file, and the film is another', async () => {
  const activities = createComposeActivities(kit.dependencies);
  const before = await filesOf(segments);
  const silent = await activities.assembleFilm(request());
  const scored = await activities.assembleFilm(request({ style: style() }));
  const other = await activities.assembleFilm(request({ style: style({ mood: 'calm' }) }));
  const videos = [silent, scored, other].map(({ video }) => video.sha256);
  expect(new Set(videos).size).toBe(3);
  expect(await filesOf(segments)).toEqual(before);
  for (const film of [scored, other]) {
    expect(film).toMatchObject({ frames: silent.frames, warnings: [] });
    expect(Math.abs(film.loudnessLufs + 14)).toBeLessThanOrEqual(0.5);
    expect(film.truePeakDbtp).toBeLessThanOrEqual(-1);
  }
  const again = createComposeActivities({ ...kit.dependencies, ffmpegPath: '/nonexistent/ffmpeg' });
  expect(await again.assembleFilm(request({ style: style() }))).toEqual(scored);
}, 120_000);

test('asking for music changes nothing in what a segment is made from', async () => {
  const activities = createComposeActivities(kit.dependencies);
  const [shot] = shots;
  const base = { job: JOB, render: SMALL, language: 'en-US', shot };
  const plain = { ...style(), sound: undefined };
  const without = await activities.encodeSegment({ ...base, style: plain });
  expect(await activities.encodeSegment({ ...base, style: style() })).toEqual(without);
});

function filesOf(made: readonly Segment[]) {
  return Promise.all(
    made.map(async ({ video, unitKey }) => {
      const { mtimeMs, ino } = await stat(await kit.store.localPath(video));
      return { unitKey, mtimeMs, ino };
    }),
  );
}
