import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFile } from 'node:fs/promises';
import {
  rateOf,
  type AssembleFilmRequest,
  type Film,
  type Segment,
  type Shot,
  type SpeechTimings,
} from '@aura/proto';
import { probe } from '@aura/media';
import { createComposeActivities } from '../compose-activities.js';
import {
  babble,
  encodeAll,
  ffmpegOutput,
  filmKit,
  grayFrames,
  JOB,
  narration,
  picture,
  shotOf,
  SMALL,
  speech,
  type FilmKit,
} from '../testing/film-kit.js';
import { filmInputs } from './assemble-film.js';
import { timelineOf } from './timeline.js';

const SENTENCES = [
  [
    'Coffee began as a wild plant in the highlands of Ethiopia.',
    'Goatherds saw their animals dance.',
  ],
  ['Monks tried it and stayed awake through the whole night.'],
  ['By sixteen fifty there were coffee houses in Oxford.', 'Merchants met there every morning.'],
];

let kit: FilmKit;
let shots: Shot[];
let segments: Segment[];
let film: Film;

beforeAll(async () => {
  kit = await filmKit();
  shots = [];
  for (const [index, sentences] of SENTENCES.entries()) {
    const spoken = await speech(kit, sentences);
    const frames = Math.ceil(((spoken.durationMs + 900) * SMALL.fps) / 1_000);
    const colour = ['#305070', '#503070', '#307050'][index];
    shots.push(
      shotOf(index, { picture: await picture(kit, { colour }), narration: spoken, frames }),
    );
  }
  segments = await encodeAll(kit, shots);
  film = await activities().assembleFilm(request());
}, 120_000);
afterAll(() => kit.remove());

const activities = (changes = {}) => createComposeActivities({ ...kit.dependencies, ...changes });

const request = (changes: Partial<AssembleFilmRequest> = {}): AssembleFilmRequest => ({
  job: JOB,
  render: SMALL,
  title: 'Coffee = "history"; #1',
  language: 'en-US',
  shots,
  segments,
  ...changes,
});

test('the film is what it says it is', async () => {
  const frames = shots.reduce((sum, shot) => sum + shot.frames, 0);
  expect(film).toMatchObject({
    frames,
    durationMs: frames * 40,
    widthPx: 320,
    heightPx: 180,
    fps: 25,
    videoCodec: 'h264',
    audioCodec: 'aac',
    warnings: [],
  });
  expect(Math.abs(film.loudnessLufs + 14)).toBeLessThanOrEqual(1);
  expect(film.truePeakDbtp).toBeLessThanOrEqual(-1);
  const info = await probe('ffprobe', {
    file: await kit.store.localPath(film.video),
    demuxer: 'mov',
    codecs: ['h264', 'aac'],
  });
  expect(info.format.tags['title']).toBe('Coffee = "history"; #1');
  expect(info.streams.map(({ type, language }) => `${type} ${language}`)).toEqual([
    'video eng',
    'audio eng',
  ]);
  for (const { durationS = 0, startS } of info.streams) {
    expect(startS).toBe(0);
    expect(Math.abs(durationS - frames / 25)).toBeLessThan(0.001);
  }
});

test('joining changes no picture: every frame is its segment’s own', async () => {
  const joined = await grayFrames(kit, film.video);
  const own: Buffer[] = [];
  for (const { video } of segments) own.push(...(await grayFrames(kit, video)));
  expect(joined).toHaveLength(own.length);
  expect(joined.every((frame, index) => own[index]?.equals(frame))).toBe(true);
});

test('speech is heard within 20 ms of its place, captions within 80 ms of the speech', async () => {
  const input = ['-i', await kit.store.localPath(film.video), '-map', '0:a'];
  const sound = await ffmpegOutput(kit, [...input, '-ac', '1', '-ar', '48000', '-f', 's16le']);
  const cues = cueStarts(await readFile(await kit.store.localPath(film.captions), 'utf8'));
  const expected = await sentenceStarts();
  expect(expected).toHaveLength(5);
  for (const startMs of expected) {
    const onsetMs = onsetNear(sound, startMs);
    expect(Math.abs(onsetMs - startMs)).toBeLessThan(20);
    const nearest = cues.toSorted((a, b) => Math.abs(a - onsetMs) - Math.abs(b - onsetMs))[0];
    expect(Math.abs((nearest ?? 0) - onsetMs)).toBeLessThanOrEqual(80);
  }
});

test('the captions that are seen change when SubRip says so', async () => {
  const nothingSaid = await narration(kit, babble(100), []);
  const silent = shots.map((shot) => ({ ...shot, narration: nothingSaid }));
  const bare: Buffer[] = [];
  for (const { video } of await encodeAll(kit, silent))
    bare.push(...(await grayFrames(kit, video)));
  const shown = (await grayFrames(kit, film.video)).map((frame, index) =>
    lowerPart(frame, bare[index]),
  );
  for (const cueMs of cueStarts(await readFile(await kit.store.localPath(film.captions), 'utf8'))) {
    const frame = cueMs / 40;
    const before = shown[Math.floor(frame) - 1] ?? 0;
    const after = shown[Math.ceil(frame) + 1] ?? 0;
    expect(Math.abs(after - before)).toBeGreaterThan(0.3);
  }
}, 120_000);

test('SubRip has every word, the thumbnail is a JPEG of the first shot', async () => {
  const srt = await readFile(await kit.store.localPath(film.captions), 'utf8');
  const words = srt.split('\n').filter((line) => /[a-z]/i.test(line));
  expect(words.join(' ')).toBe(SENTENCES.flat().join(' '));
  const thumbnail = await readFile(await kit.store.localPath(film.thumbnail));
  expect(thumbnail.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  expect(thumbnail.length).toBeGreaterThan(1_000);
});

test.each([13, 29])(
  'a film at %i pictures a second joins as exactly',
  async (fps) => {
    const render = { ...SMALL, fps };
    const [first, second] = shots as [Shot, Shot];
    const resized = [first, second].map((shot) => ({
      ...shot,
      frames: Math.ceil(((shot.narration.durationMs + 900) * fps) / 1_000),
    }));
    const made = await activities().assembleFilm(
      request({ render, shots: resized, segments: await encodeAll(kit, resized, { render }) }),
    );
    const frames = resized.reduce((sum, shot) => sum + shot.frames, 0);
    expect(made).toMatchObject({ frames, fps });
    const { streams } = await probe('ffprobe', {
      file: await kit.store.localPath(made.video),
      demuxer: 'mov',
      codecs: ['h264', 'aac'],
    });
    expect(streams[0]).toMatchObject({ frameRate: `${fps}/1`, timeBase: `1/${fps * 1_000}` });
    for (const { durationS = 0, startS } of streams) {
      expect(startS).toBe(0);
      expect(Math.abs(durationS - frames / fps)).toBeLessThan(0.001);
    }
  },
  120_000,
);

test('asked again it does nothing and says the same', async () => {
  const broken = activities({ ffmpegPath: '/nonexistent/ffmpeg' });
  expect(await broken.assembleFilm(request({ job: { ...JOB, run: 2 } }))).toEqual(film);
});

test('what shows or is heard changes the key of a film, nothing else does', () => {
  const base = JSON.stringify(filmInputs(request()));
  const [first, ...others] = shots as [Shot, ...Shot[]];
  const url = { authorUrl: '', pageUrl: '', licence: '', licenceUrl: '' };
  const attribution = { ...url, author: 'Ana Lima', source: 'Pexels' };
  const changed: AssembleFilmRequest[] = [
    request({ title: 'Tea' }),
    request({ language: 'de' }),
    request({ render: { ...SMALL, quality: 'premium' } }),
    request({ shots: [{ ...first, leadMs: 10 }, ...others] }),
    request({ shots: [{ ...first, frames: 9 }, ...others] }),
    request({ shots: others }),
    request({ segments: segments.toReversed() }),
    request({ shots: [{ ...first, picture: { ...first.picture, attribution } }, ...others] }),
  ];
  for (const other of changed) expect(JSON.stringify(filmInputs(other))).not.toBe(base);
  const same = request({
    job: { ...JOB, videoId: 'v9' },
    shots: [{ ...first, index: 4 }, ...others],
  });
  expect(JSON.stringify(filmInputs(same))).toBe(base);
});

async function sentenceStarts(): Promise<number[]> {
  const starts: number[] = [];
  for (const { shot, startMs } of timelineOf(shots, rateOf(SMALL)).shots) {
    const file = await kit.store.localPath(shot.narration.timings);
    const { words } = JSON.parse(await readFile(file, 'utf8')) as SpeechTimings;
    const first = words.filter((word, index) => word.sentence !== words[index - 1]?.sentence);
    starts.push(...first.map((word) => startMs + shot.leadMs + word.startMs));
  }
  return starts;
}

/** When sound begins after silence, nearest to a time. */
function onsetNear(sound: Buffer, nearMs: number): number {
  const from = Math.max(0, Math.round((nearMs - 250) * 48));
  for (let sample = from; sample < from + 500 * 48; sample += 1) {
    if (Math.abs(sound.readInt16LE(sample * 2)) > 800) return sample / 48;
  }
  return Number.NaN;
}

function cueStarts(srt: string): number[] {
  return [...srt.matchAll(/^(\d\d):(\d\d):(\d\d),(\d{3}) -->/gm)].map(
    ([, hours, minutes, seconds, ms]) =>
      ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + Number(ms),
  );
}

/** How much a frame differs from the same without captions, where captions are. */
function lowerPart(frame: Buffer, bare: Buffer | undefined): number {
  const from = Math.floor(frame.length * 0.7);
  let sum = 0;
  for (let index = from; index < frame.length; index += 1) {
    sum += Math.abs((frame[index] ?? 0) - (bare?.[index] ?? 0));
  }
  return sum / (frame.length - from);
}
