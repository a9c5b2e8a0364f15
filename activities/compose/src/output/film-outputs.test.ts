import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { probe } from '@aura/media';
import { encodingOf, type Encoding, type Film, type RenderSpec, type Shot } from '@aura/proto';
import sharp from 'sharp';
import { createComposeActivities } from '../compose-activities.js';
import {
  babble,
  encodeAll,
  filmKit,
  JOB,
  narration,
  picture,
  shotOf,
  spread,
  type FilmKit,
} from '../testing/film-kit.js';
import { decodersOf, demuxerOf } from './codec-facts.js';

const TINY = { widthPx: 128, heightPx: 72, fps: 24, aspect: '16:9', quality: 'draft' };
const NO_WISH: Encoding = {
  codec: '',
  container: '',
  crf: 0,
  bitrateKbps: 0,
  bitDepth: 0,
  hdr: '',
  hls: false,
  audioOnly: false,
  preview: '',
};

let kit: FilmKit;
let shots: Shot[];

beforeAll(async () => {
  kit = await filmKit();
  const words = spread('Coffee began in Ethiopia.', 0, { fromMs: 50, toMs: 900 });
  const spoken = await narration(kit, babble(1_000), words);
  shots = [];
  for (const colour of ['#305070', '#503070']) {
    const seen = await picture(kit, { render: TINY, colour });
    shots.push(shotOf(shots.length, { picture: seen, narration: spoken, frames: 40 }));
  }
}, 60_000);
afterAll(() => kit.remove());

async function filmOf(changes: Partial<RenderSpec>, more = {}): Promise<Film> {
  const render = { ...TINY, ...changes };
  const { audioOnly } = encodingOf(render);
  const segments = audioOnly ? [] : await encodeAll(kit, shots, { render });
  const activities = createComposeActivities(kit.dependencies);
  const texts = { title: 'Coffee; a "history"', language: 'en-US' };
  return activities.assembleFilm({ job: JOB, render, ...texts, shots, segments, ...more });
}

async function probed({ video }: Film, render: Partial<RenderSpec>) {
  const encoding = encodingOf({ ...TINY, ...render });
  const demuxer = demuxerOf(encoding.container);
  const file = await kit.store.localPath(video);
  return probe('ffprobe', { file, demuxer, codecs: [...decodersOf(encoding), 'bin_data'] });
}

const wish = (members: Partial<Encoding>): Encoding => ({ ...NO_WISH, ...members });

test.each<[string, Partial<Encoding>, string, string]>([
  ['H.264 in Matroska', { container: 'mkv' }, 'h264 opus', 'video/x-matroska'],
  ['H.265 as HDR10', { codec: 'hevc', hdr: 'hdr10' }, 'hevc aac', 'video/mp4'],
  ['AV1 in WebM', { codec: 'av1', container: 'webm' }, 'av1 opus', 'video/webm'],
  ['VP9 in WebM', { container: 'webm' }, 'vp9 opus', 'video/webm'],
  ['ProRes in QuickTime', { codec: 'prores' }, 'prores pcm_s24le', 'video/quicktime'],
])(
  'a film in %s is what it says it is, picture for picture',
  async (_what, members, codecs, mediaType) => {
    const render = { encoding: wish(members) };
    const film = await filmOf(render);
    const { streams } = await probed(film, render);
    expect(streams.map(({ codec }) => codec).join(' ')).toBe(codecs);
    expect(`${film.videoCodec} ${film.audioCodec}`).toBe(codecs);
    expect(film.video.mediaType).toBe(mediaType);
    expect(film.checks?.checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['codec', 'colour', 'frames', 'timestamps', 'decode', 'loudness']),
    );
    if (members.hdr) {
      expect(streams[0]).toMatchObject({
        colorTransfer: 'smpte2084',
        colorPrimaries: 'bt2020',
        pixelFormat: 'yuv420p10le',
      });
    }
  },
  120_000,
);

test.each([
  ['m4a', 'aac', 'audio/mp4'],
  ['mp3', 'mp3', 'audio/mpeg'],
])(
  'a film that is only heard is made without pictures, as %s',
  async (container, codec, type) => {
    const render = { platform: 'podcast', encoding: wish({ container, audioOnly: true }) };
    const film = await filmOf(render);
    expect(film.video.mediaType).toBe(type);
    expect(film.videoCodec).toBe('');
    const { streams, format } = await probed(film, render);
    expect(streams.map((stream) => stream.codec)).toEqual([codec]);
    expect(format.durationS).toBeCloseTo(80 / 24, 0);
    const cover = await sharp(await kit.store.localPath(film.thumbnail)).metadata();
    expect([cover.format, cover.width, cover.height]).toEqual(['jpeg', 1_400, 1_400]);
  },
  60_000,
);

test('a film that is looked at twice has all its pictures', async () => {
  const film = await filmOf({ encoding: wish({ bitrateKbps: 120, twoPass: true }) });
  expect(film.frames).toBe(80);
}, 60_000);

test('chapters, a caption track, a preview and a ladder come with the film that asks for them', async () => {
  const rate = { numerator: 30_000, denominator: 1_001 };
  const render = { fps: 30, rate, encoding: wish({ hls: true, preview: 'gif' }) };
  const chapters = {
    chapters: [
      { start: 0, title: 'First' },
      { start: 40, title: 'Second' },
    ],
  };
  const captions = { mode: 'both', look: '', position: '', accent: '' };
  const style = { motion: '', fit: '', transitionMs: 0, captions, overlays: [], figures: false };
  const film = await filmOf(render, { chapters, style });
  const { streams } = await probed(film, render);
  expect(streams.map(({ type }) => type).slice(0, 3)).toEqual(['video', 'audio', 'subtitle']);
  const labels = new Map(
    film.files?.files.map(({ kind, label, blob }) => [`${kind} ${label}`, blob]),
  );
  const names = [
    'master.m3u8',
    ...[0, 1, 2, 3].flatMap((at) => [`track-${at}.m3u8`, `track-${at}.mp4`]),
  ];
  for (const name of names) expect(labels.has(`hls ${name}`)).toBe(true);
  const master = labels.get('hls master.m3u8');
  const playlist = await readFile(await kit.store.localPath(master!), 'utf8');
  expect(playlist.match(/RESOLUTION=\d+x\d+/g)).toHaveLength(3);
  const gif = await sharp(await kit.store.localPath(labels.get('preview gif')!)).metadata();
  expect([gif.format, gif.pages && gif.pages > 1]).toEqual(['gif', true]);
}, 120_000);

test('a sheet of small pictures and its cues, and a thumbnail with the title, stand beside a film', async () => {
  const film = await filmOf({});
  const blobs = new Map(film.files?.files.map(({ label, blob }) => [label, blob]));
  const cues = await readFile(await kit.store.localPath(blobs.get('sprites.vtt')!), 'utf8');
  expect(cues).toContain('00:00:01.000 --> 00:00:02.000\nsprites.jpg#xywh=160,0,160,90');
  const sheet = await sharp(await kit.store.localPath(blobs.get('sprites.jpg')!)).metadata();
  expect([sheet.width, sheet.height]).toEqual([4 * 160, 90]);
  const plain = await sharp(await kit.store.localPath(film.thumbnail))
    .raw()
    .toBuffer();
  const titled = await sharp(await kit.store.localPath(blobs.get('title')!))
    .raw()
    .toBuffer();
  expect(titled.length).toBe(plain.length);
  const changed = plain.filter(
    (value, index) => Math.abs(value - (titled[index] ?? 0)) > 40,
  ).length;
  expect(changed / plain.length).toBeGreaterThan(0.01);
}, 60_000);
