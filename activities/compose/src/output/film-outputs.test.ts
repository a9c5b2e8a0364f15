import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFile } from 'node:fs/promises';
import { probe } from '@aura/media';
import {
  encodingOf,
  type BlobRef,
  type Encoding,
  type Film,
  type RenderSpec,
  type Shot,
  type Timeline,
} from '@aura/proto';
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

/** The second scene has no Japanese. */
function translated() {
  const tracks = [
    { language: 'de-AT', texts: ['Kaffee kam aus {Äthiopien} <b>.', 'Und weiter.'] },
    { language: 'ja', texts: ['コーヒーはエチオピアから来ました。', ''] },
  ];
  return kit.store.putBytes(JSON.stringify({ tracks }), 'application/json');
}

/** The second picture is a stock photo. */
function credited(): Shot[] {
  const pageUrl = 'https://www.pexels.com/photo/1/';
  const said = { author: 'Ana = Lima', authorUrl: '', pageUrl, licence: '', licenceUrl: '' };
  const attribution = { ...said, source: 'Pexels' };
  return shots.map((shot, at) =>
    at === 1 ? { ...shot, picture: { ...shot.picture, attribution } } : shot,
  );
}

const textOf = async (blob: BlobRef) => readFile(await kit.store.localPath(blob), 'utf8');

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
    const film = await filmOf(render, { translations: await translated(), shots: credited() });
    const { streams, format } = await probed(film, render);
    // Matroska writes the names of its tags in capitals.
    const comment = format.tags['comment'] ?? format.tags['COMMENT'];
    expect(comment).toBe('Pictures: Ana = Lima / Pexels (https://www.pexels.com/photo/1/)');
    const [captions, shown] = [true, false].map((isText) =>
      streams.filter(({ type }) => (type === 'subtitle') === isText),
    );
    expect(shown?.map(({ codec }) => codec).join(' ')).toBe(codecs);
    // Matroska and QuickTime have the other code of ISO 639-2 for German.
    expect(captions?.map(({ language }) => language?.replace('ger', 'deu'))).toEqual([
      'deu',
      'jpn',
    ]);
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
  const more = { chapters, style, translations: await translated(), label: 'tv' };
  const film = await filmOf(render, more);
  const { streams } = await probed(film, render);
  expect(streams.map(({ type, language }) => `${type} ${language}`).slice(0, 5)).toEqual([
    'video eng',
    'audio eng',
    'subtitle eng',
    'subtitle deu',
    'subtitle jpn',
  ]);
  const labels = new Map(
    film.files?.files.map(({ kind, label, blob }) => [`${kind} ${label}`, blob]),
  );
  const names = [
    'tv-master.m3u8',
    ...[0, 1, 2, 3].flatMap((at) => [`tv-track-${at}.m3u8`, `tv-track-${at}.mp4`]),
  ];
  for (const name of names) expect(labels.has(`hls ${name}`)).toBe(true);
  const playlist = await textOf(labels.get('hls tv-master.m3u8')!);
  expect(playlist.match(/RESOLUTION=\d+x\d+/g)).toHaveLength(3);
  expect(playlist).toContain('\ntv-track-0.m3u8');
  expect(await textOf(labels.get('hls tv-track-2.m3u8')!)).toContain('"tv-track-2.mp4"');
  expect(await textOf(labels.get('sprites tv-sprites.vtt')!)).toContain('tv-sprites.jpg#');
  expect(await textOf(labels.get('captions de-AT')!)).toMatch(
    /^1\n00:00:00,\d+ --> .*\nKaffee kam aus {\u2060Äthiopien} <\u2060b>\.\n\n2\n00:00:01,/,
  );
  const { captionTracks } = JSON.parse(await textOf(labels.get('timeline ')!)) as Timeline;
  expect(captionTracks?.tracks.map(({ captions: some }) => some.length)).toEqual([2, 1]);
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
