import { expect, test } from 'vitest';
import type { Encoding } from '@aura/proto';
import { encoderArgs, outputFilters, type Look } from './encoder-args.js';

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

const COMMON = '-an -sn -dn -map_metadata -1 -fflags +bitexact -flags:v +bitexact';
const BT709 = '-color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709';
const EVEN = '-video_track_timescale 30000 -movie_timescale 30000';

function args(quality: string, wish: Partial<Encoding>, look?: Look): string {
  const encoding = { ...NO_WISH, ...wish };
  return encoderArgs({ quality, preset: 'veryfast', fps: 30, encoding }, look).join(' ');
}

const X264 = '-x264-params 8x8dct=1:aq-mode=3:chroma-qp-offset=-4:stitchable=1';

test.each([
  ['draft', '-preset ultrafast -crf 26'],
  ['standard', '-preset veryfast -crf 21'],
  ['premium', '-preset slow -crf 19'],
  ['maximum', '-preset veryslow -crf 17'],
])('H.264 of %s quality, to the letter', (quality, speed) => {
  expect(args(quality, {})).toBe(
    `-c:v libx264 ${speed} ${X264} -profile:v high -flags +cgop -pix_fmt yuv420p -r 30 -fps_mode cfr ` +
      `-g 120 -force_key_frames expr:eq(n,0) ${BT709} ${COMMON} ${EVEN} -f mp4`,
  );
});

test.each<[string, Partial<Encoding>, string]>([
  [
    'H.265',
    { codec: 'hevc' },
    '-c:v libx265 -preset fast -crf 24 -tag:v hvc1 -x265-params log-level=error:info=0:open-gop=0:keyint=120:min-keyint=1:aq-mode=3 -pix_fmt yuv420p',
  ],
  [
    'AV1',
    { codec: 'av1', crf: 30 },
    '-c:v libsvtav1 -preset 8 -crf 30 -svtav1-params keyint=120:irefresh-type=2:tune=0 -pix_fmt yuv420p',
  ],
  [
    'VP9',
    { container: 'webm' },
    '-c:v libvpx-vp9 -deadline good -cpu-used 4 -row-mt 1 -tile-columns 1 -crf 32 -b:v 0 -pix_fmt yuv420p',
  ],
  ['ProRes', { codec: 'prores' }, '-c:v prores_ks -profile:v 2 -vendor apl0 -pix_fmt yuv422p10le'],
  [
    'a bit rate',
    { bitrateKbps: 900 },
    `-c:v libx264 -preset veryfast -b:v 900k ${X264} -profile:v high -flags +cgop -pix_fmt yuv420p`,
  ],
])('%s of standard quality, to the letter', (_what, wish, expected) => {
  const muxer = wish.codec === 'prores' ? 'mov' : 'mp4';
  expect(args('standard', wish)).toBe(
    `${expected} -r 30 -fps_mode cfr -g 120 -force_key_frames expr:eq(n,0) ` +
      `${BT709} ${COMMON} ${EVEN} -f ${muxer}`,
  );
});

test('two looks at a segment: the second comes to what the first has needed', () => {
  expect(args('premium', {}, { pass: 1, stats: 'look' })).toContain(
    '-preset slow -crf 19 -x264-params 8x8dct=1:aq-mode=3:chroma-qp-offset=-4:stitchable=1 ' +
      '-profile:v high -flags +cgop -pass 1 -passlogfile look ',
  );
  const second: Look = { pass: 2, stats: 'look', bitsPerSecond: 2_345_678 };
  expect(args('premium', {}, second)).toContain('-preset slow -b:v 2345678 -x264-params');
  expect(args('premium', { codec: 'hevc' }, second)).toContain(':pass=2:stats=look ');
  expect(args('premium', { codec: 'hevc' }, second)).not.toContain('-passlogfile');
});

test('HDR10 carries its colours, its mastering display and its light', () => {
  const wish = { codec: 'hevc', hdr: 'hdr10' };
  const hdr = args('standard', wish);
  expect(hdr).toContain('-pix_fmt yuv420p10le');
  expect(hdr).toContain('-colorspace bt2020nc -color_primaries bt2020 -color_trc smpte2084');
  expect(hdr).toContain('master-display=G(13250,34500)B(7500,3000)R(34000,16000)');
  expect(hdr).toContain('max-cll=203,203');
  expect(outputFilters({ quality: 'standard', encoding: { ...NO_WISH, ...wish } })).toHaveLength(4);
  expect(outputFilters({ quality: 'standard' })).toEqual([]);
});

test.each<[number, number, string]>([
  [24_000, 1_001, '24000/1001 -fps_mode cfr -g 96'],
  [60_000, 1_001, '60000/1001 -fps_mode cfr -g 240'],
  [25, 1, '25 -fps_mode cfr -g 100'],
])('%i/%i pictures a second are told exactly', (numerator, denominator, told) => {
  const rate = { numerator, denominator };
  const text = encoderArgs({ quality: 'draft', preset: 'veryfast', fps: 30, rate }).join(' ');
  expect(text).toContain(`-r ${told} `);
  const scale = denominator === 1 ? numerator * 1_000 : numerator;
  expect(text).toContain(`-video_track_timescale ${scale} -movie_timescale ${scale}`);
});
