import { expect, test } from 'vitest';
import fc from 'fast-check';
import { artifactRow, artifactsOf, fileStem } from './artifacts.js';

test.each([
  ['How bees make honey', 'how-bees-make-honey'],
  ['  "Honey": 100 % of it?! ', 'honey-100-of-it'],
  ['../../etc/passwd', 'etc-passwd'],
  ['蜜蜂如何酿造蜂蜜', '蜜蜂如何酿造蜂蜜'],
  ['मधुमक्खियाँ शहद कैसे बनाती हैं', 'मधुमक्खियाँ-शहद-कैसे-बनाती-हैं'],
  ['\u202Egpj.exe', 'gpj-exe'],
  ['CON', 'video'],
  ['🐝🐝', 'video'],
  ['', 'video'],
])('the title %j makes the file name %j', (title, stem) => {
  expect(fileStem(title)).toBe(stem);
});

test('no title makes a name that is empty, too long, or more than letters, digits and hyphens', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
      const stem = fileStem(title);
      expect(stem).toMatch(/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}-]*$/u);
      expect(Buffer.byteLength(stem)).toBeLessThanOrEqual(120);
    }),
  );
});

test('the ending follows the media type', () => {
  const blob = { sha256: '0'.repeat(64), bytes: 1, mediaType: 'image/png' };
  expect(artifactRow('thumbnail', blob, 'Bees').fileName).toBe('bees-thumbnail.png');
  const unknown = { ...blob, mediaType: 'application/octet-stream' };
  expect(artifactRow('captions', unknown, 'Bees').fileName).toBe('bees.srt');
});

test('every file beside the film is given out under its kind and label, what nobody knows is not', () => {
  const blob = { sha256: '0'.repeat(64), bytes: 1, mediaType: 'video/mp4' };
  const file = (kind: string, label: string, mediaType: string) => {
    return { kind, label, blob: { ...blob, mediaType } };
  };
  const files = [
    file('timeline', '', 'application/json'),
    file('captions-vtt', 'en-US', 'text/vtt'),
    file('hls', 'index.m3u8', 'application/vnd.apple.mpegurl'),
    file('output', '9x16-1080p', 'video/webm'),
    file('secret', '', 'video/mp4'),
    file('hls', '../index.m3u8', 'video/mp4'),
  ];
  const rows = artifactsOf(
    {
      video: blob,
      captions: { ...blob, mediaType: 'application/x-subrip' },
      thumbnail: { ...blob, mediaType: 'image/jpeg' },
      durationMs: 1,
      frames: 1,
      widthPx: 2,
      heightPx: 2,
      fps: 30,
      videoCodec: 'h264',
      audioCodec: 'aac',
      loudnessLufs: -14,
      truePeakDbtp: -1,
      unitKey: '',
      warnings: [],
      files: { files },
    },
    'Bees',
  );
  expect(rows.map(({ kind, label, fileName }) => [kind, label, fileName].join(' '))).toEqual([
    'video  bees.mp4',
    'captions  bees.srt',
    'thumbnail  bees-thumbnail.jpg',
    'timeline  bees-timeline.json',
    'captions-vtt en-US bees-en-US.vtt',
    'hls index.m3u8 index.m3u8',
    'output 9x16-1080p bees-9x16-1080p.webm',
  ]);
});
