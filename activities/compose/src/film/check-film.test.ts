import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyFile, mkdtemp, open, truncate } from 'node:fs/promises';
import path from 'node:path';
import type { AssembleFilmRequest, Shot } from '@aura/proto';
import { readMp4Boxes, runFfmpeg } from '@aura/media';
import { createComposeActivities } from '../compose-activities.js';
import type { ComposeTools } from '../compose-deps.js';
import { ffmpegRenderer } from '../providers/ffmpeg/ffmpeg-renderer.js';
import {
  babble,
  encodeAll,
  filmKit,
  JOB,
  narration,
  picture,
  shotOf,
  SMALL,
  spread,
  type FilmKit,
} from '../testing/film-kit.js';
import { checkFilm } from './check-film.js';
import { joinFilm } from './join-film.js';
import { planFilm, type FilmPlan } from './film-plan.js';

let kit: FilmKit;
let tools: ComposeTools;
let plan: FilmPlan;
let good: string;

beforeAll(async () => {
  // A renderer that does not look at its frames: all of the film is looked at.
  kit = await filmKit({ renderer: 'ffmpeg' });
  const ffmpegPath = 'ffmpeg';
  tools = { ...kit.dependencies, renderer: ffmpegRenderer({ ffmpegPath, threads: 2 }) };
  const made = await filmOf(['#305070', '#503070']);
  plan = made.plan;
  good = made.file;
}, 120_000);
afterAll(() => kit.remove());

test('a sound film passes, and says how loud it is', async () => {
  const heard = await check(await folderWith((film) => copyFile(good, film)));
  expect(heard.loudnessLufs).toBeGreaterThanOrEqual(-15);
  expect(heard.loudnessLufs).toBeLessThanOrEqual(-13);
  expect(heard.truePeakDbtp).toBeLessThanOrEqual(-1);
});

const REMUX = ['-map', '0', '-c', 'copy', '-video_track_timescale', '25000'];
const FAST = ['-movflags', '+faststart'];
const PICTURE = [
  ['-c:v', 'libx264', '-preset', 'ultrafast', '-x264-params', '8x8dct=1', '-profile:v', 'high'],
  ['-pix_fmt', 'yuv420p', '-color_range', 'tv', '-colorspace', 'bt709'],
  ['-color_primaries', 'bt709', '-color_trc', 'bt709', '-video_track_timescale', '25000'],
].flat();
const pictured = (vf: string, ...more: string[]) => [
  ...PICTURE,
  ...FAST,
  '-c:a',
  'copy',
  '-vf',
  vf,
  ...more,
];
const sounded = (af: string, ...more: string[]) => [
  ...REMUX,
  ...FAST,
  '-c:a',
  'aac',
  '-b:a',
  '192k',
  '-af',
  af,
  ...more,
];

const FREEZE = 'loop=loop=75:size=1:start=50,setpts=N/(25*TB),trim=end_frame=200';
/** The picture stops for three seconds, the lower part with the captions goes on. */
const BEHIND_CAPTIONS = `split[a][b];[a]${FREEZE}[still];[b]crop=iw:ih*0.4:0:ih*0.6[low];[still][low]overlay=0:H-h`;
const LATE = "setpts='if(eq(N,40),N+0.4,N)/(25*TB)'";

// prettier-ignore
/** Each check with a film that has just its fault. */
const DEFECTS: [check: string, what: string, args: string[]][] = [
  ['codec', 'another codec', ['-c:v', 'mpeg4', '-c:a', 'copy', '-colorspace', 'bt709', ...FAST]],
  ['pixelFormat', 'another chroma', pictured('null', '-profile:v', 'high422', '-pix_fmt', 'yuv422p')],
  ['profile', 'the baseline profile', pictured('null', '-profile:v', 'baseline', '-x264-params', '8x8dct=0')],
  ['colour', 'the tag of another colour space', pictured('null', '-colorspace', 'smpte170m')],
  ['size', 'another size', pictured('scale=318:178,setsar=1')],
  ['frameRate', 'another rate', pictured('fps=24')],
  ['frames', 'an end that is missing', pictured('trim=end_frame=190')],
  ['timestamps', 'a picture that comes late', pictured(LATE, '-fps_mode', 'passthrough', '-enc_time_base', '1:25000', '-bf', '0')],
  ['faststart', 'its index at the end', [...REMUX]],
  ['offset', 'sound that comes late', [...REMUX, ...FAST, '-bsf:a', 'setts=ts=TS+9600']],
  ['soundFormat', 'sound at 44.1 kHz', sounded('anull', '-ar', '44100')],
  ['duration', 'sound that ends early', sounded('atrim=end=7.5')],
  ['black', 'a black second', pictured("drawbox=enable='between(t,2,3)':color=black:t=fill")],
  ['freeze', 'three seconds without motion', pictured(FREEZE)],
  ['freeze', 'a picture that stops behind its captions', pictured(BEHIND_CAPTIONS)],
  ['silence', 'a muted scene', sounded("volume=enable='gt(t,4.1)':volume=0,volume=3dB,alimiter=limit=0.7:level=0")],
  ['loudness', 'too little sound', sounded('volume=-6dB')],
  ['truePeak', 'a peak', sounded("volume=enable='between(t,2,2.02)':volume=24dB")],
];

test.each(DEFECTS)(
  'check "%s" refuses a film with %s',
  async (name, _what, args) => {
    const folder = await folderWith((film) => ffmpeg(['-i', good, ...args, '-f', 'mp4', film]));
    await expect(check(folder)).rejects.toMatchObject({
      code: expect.stringMatching(/^FilmInvalid:/),
      details: expect.stringContaining(`film: ${name}: `),
    });
  },
  120_000,
);

test('check "container" refuses a film that a full disk has cut before its index (X1)', async () => {
  const folder = await folderWith(async (film) => {
    await ffmpeg(['-i', good, ...REMUX, '-f', 'mp4', film]);
    const index = (await readMp4Boxes(film)).find(({ type }) => type === 'moov');
    await truncate(film, index?.offset);
  });
  await expect(check(folder)).rejects.toMatchObject({ code: 'FilmInvalid:container' });
});

test('check "decode" refuses a film with damaged pictures', async () => {
  const folder = await folderWith(async (film) => {
    await copyFile(good, film);
    const pictures = (await readMp4Boxes(film)).find(({ type }) => type === 'mdat');
    const handle = await open(film, 'r+');
    const at = (pictures?.offset ?? 0) + Math.floor((pictures?.bytes ?? 0) / 3);
    await handle.write(Buffer.alloc(600, 0xa5), 0, 600, at);
    await handle.close();
  });
  await expect(check(folder)).rejects.toMatchObject({ code: 'FilmInvalid:decode' });
});

test('a film that a signal has ended early is valid to ffprobe and refused all the same (X2)', async () => {
  const folder = await folderWith((film) =>
    ffmpeg(['-i', good, '-t', '3', ...REMUX, ...FAST, '-f', 'mp4', film]),
  );
  await expect(check(folder)).rejects.toMatchObject({ code: 'FilmInvalid:frames' });
});

test('a film whose parts were looked at and listened to is held to their packets, and not decoded again', async () => {
  const seen = { blacks: [], freezes: [] };
  const segments = plan.request.segments.map((segment) => ({ ...segment, seen }));
  const watched = { ...plan, request: { ...plan.request, segments } };
  const heard = { loudnessLufs: -14.1, truePeakDbtp: -1.5, silences: [] };
  const folder = await folderWith((film) => copyFile(good, film));
  await ffmpeg(['-i', good, '-map', '0:a', '-c', 'copy', path.join(folder, 'sound.mp4')]);
  const packets = await joinFilm(tools, watched, { folder, signal: undefined });
  const checked = (of: string) =>
    checkFilm({ ...tools, ffmpegPath: 'none-is-needed' }, watched, {
      folder: of,
      signal: undefined,
      joined: { packets, heard },
    });
  const { checks, loudnessLufs } = await checked(folder);
  expect(checks.find(({ name }) => name === 'packets')?.found).toBe('those of the segments');
  expect(loudnessLufs).toBe(-14.1);
  for (const args of [pictured('negate'), sounded('volume=-6dB')]) {
    const other = await folderWith((film) => ffmpeg(['-i', good, ...args, '-f', 'mp4', film]));
    await expect(checked(other)).rejects.toMatchObject({ code: 'FilmInvalid:packets' });
  }
}, 120_000);

test('black and plain pictures are no fault where the cards themselves are so', async () => {
  const { plan: dark, file } = await filmOf(['#000000', '#7f7f7f'], '');
  const folder = await folderWith((film) => copyFile(file, film));
  await expect(check(folder, dark)).resolves.toBeDefined();
}, 120_000);

test.each([
  ['black', { blacks: [{ start: 20, frames: 30 }], freezes: [] }],
  ['freeze', { blacks: [], freezes: [{ start: 10, frames: 80 }] }],
])(
  'what was seen to be drawn %s is a fault where the picture is not so, and none where it is',
  async (check, seen) => {
    for (const [colours, svg, refused] of [
      [['#305070', '#503070'], undefined, true],
      [['#000000', '#000000'], '', false],
    ] as const) {
      const { plan: made } = await filmOf([...colours], svg);
      const segments = made.request.segments.map((segment) => ({ ...segment, seen }));
      const request = { ...made.request, segments, title: `${check} ${svg}` };
      const film = createComposeActivities(kit.dependencies).assembleFilm(request);
      if (refused) await expect(film).rejects.toMatchObject({ code: `FilmInvalid:${check}` });
      else await expect(film).resolves.toBeDefined();
    }
  },
  120_000,
);

test('a video that is black and stands still may be shown', async () => {
  const file = path.join(kit.folder, 'dark.mp4');
  await ffmpeg(['-f', 'lavfi', '-i', 'color=black:s=160x90:r=25:d=2', ...PICTURE, file]);
  const video = await kit.store.putFile(file, 'video/mp4');
  const { request } = plan;
  const [first, second] = request.shots as [Shot, Shot];
  const clip = { video, fromMs: 0, toMs: 0, speed: 1, loop: false };
  const shots = [first, { ...second, picture: { ...second.picture, clip } }];
  const activities = createComposeActivities({ ...kit.dependencies, renderer: 'compositor' });
  const segments = [];
  for (const [index, shot] of shots.entries()) {
    const order = { job: JOB, render: SMALL, language: 'en-US', shot };
    const previous = shots[index - 1];
    segments.push(await activities.encodeSegment({ ...order, ...(previous ? { previous } : {}) }));
  }
  expect(segments[1]?.seen?.blacks.length).toBeGreaterThan(0);
  await expect(activities.assembleFilm({ ...request, shots, segments })).resolves.toBeDefined();
}, 120_000);

async function filmOf(colours: string[], svg?: string): Promise<{ plan: FilmPlan; file: string }> {
  const shots: Shot[] = [];
  for (const [index, colour] of colours.entries()) {
    const words = spread('It is spoken here all the time', 0, { fromMs: 0, toMs: 3_400 });
    shots.push(
      shotOf(index, {
        picture: await picture(kit, svg === undefined ? { colour } : { colour, svg }),
        narration: await narration(kit, babble(3_400), words),
        frames: 100,
      }),
    );
  }
  const segments = await encodeAll(kit, shots);
  const request: AssembleFilmRequest = {
    job: JOB,
    render: SMALL,
    title: 'Test',
    language: 'en-US',
    shots,
    segments,
  };
  const { video } = await createComposeActivities(kit.dependencies).assembleFilm(request);
  return { plan: await planFilm(kit.store, request), file: await kit.store.localPath(video) };
}

async function folderWith(make: (film: string) => Promise<void>): Promise<string> {
  const folder = await mkdtemp(path.join(kit.folder, 'check-'));
  await make(path.join(folder, 'film.mp4'));
  return folder;
}

function check(folder: string, of = plan) {
  return checkFilm(tools, of, { folder, signal: undefined });
}

async function ffmpeg(args: string[]): Promise<void> {
  await runFfmpeg('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args]);
}
