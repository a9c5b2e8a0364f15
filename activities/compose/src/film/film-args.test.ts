import { expect, test } from '@jest/globals';
import { concatList, joinArgs, metadataFile, thumbnailArgs } from './film-args.js';
import { trackLanguage } from './language-tag.js';
import { thumbnailFrame } from './thumbnail-frame.js';

test('the arguments that join a film, to the letter', () => {
  const files = { list: 'segments.txt', sound: 'sound.mp4', metadata: 'metadata.txt' };
  expect(joinArgs({ ...files, language: 'deu', fps: 29, output: 'film.mp4' }).join(' ')).toBe(
    '-nostdin -hide_banner -xerror -v error -progress pipe:1 -nostats -y ' +
      '-f concat -format_whitelist concat,mov -protocol_whitelist file -codec_whitelist h264 ' +
      '-i file:segments.txt ' +
      '-f mov -format_whitelist mov -protocol_whitelist file -codec_whitelist aac -i file:sound.mp4 ' +
      '-f ffmetadata -format_whitelist ffmetadata -protocol_whitelist file -i file:metadata.txt ' +
      '-map 0:v:0 -map 1:a:0 -map_metadata 2 -c copy ' +
      '-metadata:s:v:0 language=deu -metadata:s:a:0 language=deu ' +
      '-video_track_timescale 29000 -movie_timescale 29000 ' +
      '-fflags +bitexact -movflags +faststart -f mp4 file:film.mp4',
  );
  expect(concatList(['segment-0000.mp4', 'segment-0001.mp4'])).toBe(
    'ffconcat version 1.0\nfile segment-0000.mp4\nfile segment-0001.mp4\n',
  );
});

test('the arguments of a thumbnail, to the letter', () => {
  const thumbnail = { film: 'film.mp4', atS: 1.5, widthPx: 640, output: 'thumbnail.jpg' };
  expect(thumbnailArgs(thumbnail).join(' ')).toBe(
    '-nostdin -hide_banner -xerror -v error -progress pipe:1 -nostats -y ' +
      '-f mov -format_whitelist mov -protocol_whitelist file -codec_whitelist h264 ' +
      '-ss 1.500 -i file:film.mp4 -map 0:v:0 -frames:v 1 ' +
      '-vf scale=640:-2:flags=lanczos+accurate_rnd:in_color_matrix=bt709:in_range=tv:' +
      'out_color_matrix=bt601:out_range=pc,format=yuvj420p -c:v mjpeg -q:v 3 ' +
      '-map_metadata -1 -fflags +bitexact -f mjpeg file:thumbnail.jpg',
  );
});

test('a title is one line of metadata, whatever is in it', () => {
  expect(metadataFile('Coffee: a = "b"; #1\n[CHAPTER]\ntitle=x\\')).toBe(
    ';FFMETADATA1\ntitle=Coffee: a \\= "b"\\; \\#1 [CHAPTER] title\\=x\\\\\n',
  );
  expect(metadataFile('t'.repeat(9_000)).length).toBeLessThan(250);
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

function cue(startMs: number, endMs: number) {
  return { startMs, endMs, lines: ['x'] };
}
