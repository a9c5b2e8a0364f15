import { expect, test } from 'vitest';
import { encodingOf, PLATFORM_NAMES } from '@aura/proto';
import fc from 'fast-check';
import { filmProblems, filmsOf } from './films-of.js';
import { outputProblems } from './output-problems.js';
import { output, type OutputRequest } from './output-request.js';
import { outputSpec } from './output-spec.js';

const MINUTE = 60_000;

test.each<[string, OutputRequest, string[]]>([
  [
    'WebM with H.264',
    { codec: 'h264', container: 'webm' },
    ['container: must be mp4, mov or mkv for h264; webm holds av1 or vp9'],
  ],
  [
    'ProRes with a quality figure',
    { codec: 'prores', crf: 20 },
    ['crf: must be absent for prores: its size follows from the quality'],
  ],
  [
    'two ways to say how large',
    { crf: 20, bitRateKbps: 900 },
    ['bitRateKbps: must not stand beside crf'],
  ],
  ['a figure beyond the codec', { crf: 60 }, ['crf: must be at most 51 for h264']],
  [
    'AV1 in two passes',
    { codec: 'av1', twoPass: true },
    ['twoPass: must be false for av1; h264, hevc or vp9 take it'],
  ],
  [
    'H.264 in 10 bit',
    { bitDepth: 10 },
    ['bitDepth: must be 8 for h264; 10 fits hevc, av1, vp9 or prores'],
  ],
  [
    'HDR10 in VP9',
    { codec: 'vp9', hdr10: true },
    ['hdr10: must be false for vp9; hevc or av1 take it'],
  ],
  [
    'AV1 for NVIDIA alone',
    { codec: 'av1', hardware: 'nvidia', bitDepth: 10 },
    [
      'hardware: must be auto or none for av1; h264 and hevc take nvidia',
      'bitDepth: must be 8, or absent, for nvidia',
    ],
  ],
  [
    'a ladder of VP9',
    { container: 'webm', hls: true },
    ['hls: must be false for vp9; h264 or hevc take it'],
  ],
  [
    'pictures in a podcast',
    { platform: 'podcast', codec: 'h264' },
    ['codec: must be absent where there is sound alone'],
  ],
  [
    'sound alone for Shorts',
    { platform: 'shorts', audioOnly: true },
    ['platform: must be podcast, or absent, for sound alone: YouTube Shorts takes films'],
  ],
  [
    'a wide film for TikTok',
    { platform: 'tiktok', aspect: '16:9' },
    ['aspect: must be 9:16 for TikTok'],
  ],
  ['ProRes for X', { platform: 'x', codec: 'prores' }, ['codec: must be h264 for X']],
  [
    '60 pictures a second for WhatsApp',
    { platform: 'whatsapp', frameRate: '59.94' },
    ['frameRate: must be at most 30 for WhatsApp'],
  ],
])('%s is refused, with what would fit', (_what, wish, expected) => {
  const found = outputProblems(wish).map(({ member, message }) => `${member}: ${message}`);
  expect(found).toEqual(expected);
});

test('a film longer than its platform takes is refused', () => {
  expect(outputProblems({ platform: 'shorts', durationMs: 4 * MINUTE })).toHaveLength(1);
  expect(outputProblems({ platform: 'shorts', durationMs: 3 * MINUTE })).toEqual([]);
});

test.each(PLATFORM_NAMES)('%s takes what is made for it', (platform) => {
  expect(outputProblems({ platform, durationMs: MINUTE })).toEqual([]);
  const { widthPx, heightPx } = outputSpec({ platform }, {}, MINUTE);
  expect([widthPx % 2, heightPx % 2]).toEqual([0, 0]);
});

test('what an output leaves open stays as it was before there were outputs', () => {
  expect(outputSpec({}, {}, MINUTE)).toEqual({
    widthPx: 1_920,
    heightPx: 1_080,
    fps: 30,
    aspect: '16:9',
    quality: 'standard',
  });
});

test('the names of qualities and rates that people use are understood', () => {
  const spec = outputSpec({ quality: 'balanced', frameRate: 23.976 }, {}, MINUTE);
  expect(spec).toMatchObject({
    quality: 'standard',
    fps: 24,
    rate: { numerator: 24_000, denominator: 1_001 },
  });
  expect(outputSpec({ quality: 'high' }, {}, MINUTE).quality).toBe('premium');
  expect(outputSpec({ platform: 'reels' }, {}, MINUTE)).toMatchObject({
    widthPx: 1_080,
    heightPx: 1_920,
  });
});

test('a film for WhatsApp gets the bit rate that keeps it below 16 MB', () => {
  const { encoding } = outputSpec({ platform: 'whatsapp' }, {}, 3 * MINUTE);
  const bytes = ((encoding?.bitrateKbps ?? 0) + 200) * 125 * 180;
  expect(bytes).toBeLessThan(16_000_000);
  expect(bytes).toBeGreaterThan(12_000_000);
});

test('whatever is let through is encoded as it was asked for', () => {
  const wishes = fc.record(
    {
      codec: fc.constantFrom('h264', 'hevc', 'av1', 'vp9', 'prores'),
      container: fc.constantFrom('mp4', 'webm', 'mkv', 'mov', 'm4a', 'mp3'),
      crf: fc.integer({ min: 1, max: 63 }),
      bitRateKbps: fc.integer({ min: 64, max: 9_000 }),
      twoPass: fc.boolean(),
      bitDepth: fc.constantFrom(8, 10),
      hdr10: fc.boolean(),
      hls: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(wishes, (given) => {
      const wish = output.parse(given);
      if (outputProblems(wish).length > 0) return;
      const made = encodingOf(outputSpec(wish, {}, MINUTE));
      for (const member of ['codec', 'container', 'crf', 'twoPass', 'bitDepth', 'hls'] as const) {
        if (wish[member] != null && !made.audioOnly) expect(made[member]).toBe(wish[member]);
      }
      if (wish.hdr10 != null) expect(made.hdr).toBe(wish.hdr10);
      if (wish.bitRateKbps != null) expect(made.bitrateKbps).toBe(wish.bitRateKbps);
    }),
  );
});

test('a request is refused where it says the same thing twice, and not alike', () => {
  const options = { aspect: '9:16', quality: 'low', fps: 30 } as const;
  expect(
    filmProblems({ ...options, output: { aspect: '9:16', quality: 'draft' } }, MINUTE),
  ).toEqual([]);
  const other = { aspect: '1:1', quality: 'high', frameRate: '29.97' } as const;
  const paths = filmProblems({ ...options, output: other }, MINUTE).map(({ path }) => path);
  expect(paths).toEqual([['aspect'], ['quality'], ['fps']]);
});

test('further films take their shape from the first, unless their platform takes another', () => {
  const { render, outputs } = filmsOf(
    { output: { platform: 'youtube' }, outputs: [{ platform: 'shorts' }, { container: 'webm' }] },
    MINUTE,
  );
  expect([render, ...(outputs ?? [])].map(({ aspect }) => aspect)).toEqual([
    '16:9',
    '9:16',
    '16:9',
  ]);
  const problems = filmProblems({ outputs: [{}, { platform: 'x', codec: 'vp9' }] }, MINUTE);
  expect(problems.map(({ path }) => path.join('.'))).toEqual(['outputs.1.codec']);
});
