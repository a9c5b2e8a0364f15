import { expect, test } from 'vitest';
import { encodingOf, type Attribution, type Encoding } from '@aura/proto';
import { concatList, joinArgs, metadataFile } from './film-args.js';
import { trackLanguage } from './language-tag.js';
import { thumbnailFrame } from './thumbnail-frame.js';

const FILES = {
  list: 'segments.txt',
  sound: 'sound.mp4',
  metadata: 'metadata.txt',
  packets: 'packets.txt',
};
const RATE = { numerator: 29, denominator: 1 };

const HEAD =
  '-nostdin -hide_banner -xerror -v error -progress pipe:1 -nostats -y ' +
  '-f concat -auto_convert 0 -format_whitelist concat,mov -protocol_whitelist file -codec_whitelist ';
const METADATA =
  '-f ffmetadata -format_whitelist ffmetadata -protocol_whitelist file -i file:metadata.txt ';
const LIST = '-c copy -f framehash -hash murmur3 file:packets.txt';

test('the arguments that join a film, to the letter', () => {
  const encoding = encodingOf({ quality: 'standard' });
  const request = { ...FILES, language: 'deu', rate: RATE, encoding, output: 'film.mp4' };
  expect(joinArgs(request).join(' ')).toBe(
    `${HEAD}h264 -i file:segments.txt ` +
      '-f mov -format_whitelist mov -protocol_whitelist file -codec_whitelist aac -i file:sound.mp4 ' +
      METADATA +
      '-map 0:v:0 -map 1:a:0 -map_metadata 2 -map_chapters 2 -c copy ' +
      '-metadata:s:v:0 language=deu -metadata:s:a:0 language=deu ' +
      '-video_track_timescale 29000 -movie_timescale 29000 ' +
      '-fflags +bitexact -movflags +faststart -f mp4 file:film.mp4 -map 0:v:0 -map 1:a:0 ' +
      LIST,
  );
  expect(concatList(['segment-0000.mp4', 'segment-0001.mp4'])).toBe(
    'ffconcat version 1.0\nfile segment-0000.mp4\nfile segment-0001.mp4\n',
  );
});

test('the arguments that join WebM with a caption track, and sound alone, to the letter', () => {
  const film = { ...FILES, language: 'eng', rate: RATE, output: 'film.mp4' };
  const webm = encodingOf({ quality: 'standard', encoding: wish({ container: 'webm' }) });
  expect(
    joinArgs({
      ...film,
      encoding: webm,
      captions: [{ file: 'captions.srt', language: 'eng' }],
    }).join(' '),
  ).toBe(
    `${HEAD}vp9,libvpx-vp9 -i file:segments.txt ` +
      '-f mov -format_whitelist mov -protocol_whitelist file -codec_whitelist opus,libopus -i file:sound.mp4 ' +
      METADATA +
      '-f srt -format_whitelist srt -protocol_whitelist file -codec_whitelist subrip,srt -i file:captions.srt ' +
      '-map 0:v:0 -map 1:a:0 -map 3:s:0 -map_metadata 2 -map_chapters 2 -c copy -c:s webvtt ' +
      '-metadata:s:v:0 language=eng -metadata:s:a:0 language=eng -metadata:s:s:0 language=eng ' +
      '-fflags +bitexact -cues_to_front 1 -avoid_negative_ts disabled -f webm file:film.mp4 ' +
      `-map 0:v:0 -map 1:a:0 ${LIST}`,
  );
  const podcast = encodingOf({ quality: 'standard', encoding: wish({ audioOnly: true }) });
  expect(joinArgs({ ...film, encoding: podcast }).join(' ')).toBe(
    '-nostdin -hide_banner -xerror -v error -progress pipe:1 -nostats -y ' +
      '-f mov -format_whitelist mov -protocol_whitelist file -codec_whitelist aac -i file:sound.mp4 ' +
      METADATA +
      '-map 0:a:0 -map_metadata 1 -map_chapters 1 -c copy -metadata:s:a:0 language=eng ' +
      '-fflags +bitexact -movflags +faststart -f ipod file:film.mp4 ' +
      `-map 0:a:0 ${LIST}`,
  );
});

test('a title is one line of metadata, whatever is in it', () => {
  const film = { frames: 100, rate: RATE };
  expect(metadataFile({ ...film, title: 'Coffee: a = "b"; #1\n[CHAPTER]\ntitle=x\\' })).toBe(
    ';FFMETADATA1\ntitle=Coffee: a \\= "b"\\; \\#1 [CHAPTER] title\\=x\\\\\n',
  );
  expect(metadataFile({ ...film, title: 't'.repeat(9_000) }).length).toBeLessThan(250);
});

test('a film names those whose pictures it shows, each picture once', () => {
  const film = { title: 'Film', frames: 100, rate: RATE };
  const ana = attribution({
    author: 'Ana; Lima\n#1',
    pageUrl: 'https://www.pexels.com/photo/1/?a=b',
  });
  const bo = attribution({ author: 'Bo' });
  expect(metadataFile({ ...film, credits: [ana, bo, ana] })).toBe(
    ';FFMETADATA1\ntitle=Film\n' +
      'comment=Pictures: Ana\\; Lima \\#1 / Pexels (https://www.pexels.com/photo/1/?a\\=b)\\; Bo / Pexels\n',
  );
  expect(metadataFile({ ...film, credits: [] })).toBe(metadataFile(film));
});

test('chapters begin and end on frames of the film', () => {
  const chapters = [
    { start: 0, title: 'One' },
    { start: 60, title: 'Two; or more' },
  ];
  const rate = { numerator: 30_000, denominator: 1_001 };
  expect(metadataFile({ title: 'Film', chapters, frames: 150, rate })).toBe(
    ';FFMETADATA1\ntitle=Film\n' +
      '[CHAPTER]\nTIMEBASE=1001/30000\nSTART=0\nEND=60\ntitle=One\n' +
      '[CHAPTER]\nTIMEBASE=1001/30000\nSTART=60\nEND=150\ntitle=Two\\; or more\n',
  );
});

test.each([
  ['en-US', 'eng'],
  ['de', 'deu'],
  ['zh-Hant-TW', 'zho'],
  ['fil-PH', 'fil'],
  ['sr_Latn', 'srp'],
  ['', 'und'],
  ['x-klingon', 'und'],
])('the track of a film in %s is tagged %s', (language, tag) => {
  expect(trackLanguage(language)).toBe(tag);
});

test('the thumbnail shows the first shot without a caption where there is such a moment', () => {
  expect(thumbnailFrame([], 200, 25)).toBe(13);
  expect(thumbnailFrame([cue(300, 4_000)], 200, 25)).toBe(102);
  expect(thumbnailFrame([cue(0, 60_000)], 200, 25)).toBe(13);
  expect(thumbnailFrame([], 5, 25)).toBe(4);
});

function attribution(members: Partial<Attribution>): Attribution {
  const none = { author: '', authorUrl: '', pageUrl: '', licence: '', licenceUrl: '' };
  return { ...none, source: 'Pexels', ...members };
}

function cue(startMs: number, endMs: number) {
  return { startMs, endMs, lines: ['x'] };
}

function wish(members: Partial<Encoding>): Encoding {
  const none = { codec: '', container: '', crf: 0, bitrateKbps: 0, bitDepth: 0, hdr: '' };
  return { ...none, hls: false, audioOnly: false, preview: '', ...members };
}
