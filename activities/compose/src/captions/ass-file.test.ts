import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runFfmpeg } from '@aura/media';
import { captionsFrom } from '@aura/timeline';
import { assFile } from './ass-file.js';
import { captionLayout } from './caption-layout.js';
import { cuesOf, type Cue } from './cues.js';
import { srtFile } from './srt-file.js';

const FRAME = { widthPx: 1_280, heightPx: 720, fps: 25 };
const RATE = { numerator: 25, denominator: 1 };
const layout = captionLayout(FRAME);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'aura-ass-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the file, to the letter', () => {
  const cues = [
    cue(400, 3_570, 'Coffee began as a wild plant', 'in the highlands,'),
    cue(3_661_234, 3_662_000, '1 hour later'),
  ];
  expect(written(cues, 'en-US')).toBe(
    [
      '[Script Info]',
      'ScriptType: v4.00+',
      'PlayResX: 1280',
      'PlayResY: 720',
      'WrapStyle: 0',
      'ScaledBorderAndShadow: yes',
      'YCbCr Matrix: TV.709',
      '',
      '[V4+ Styles]',
      'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, ' +
        'Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, ' +
        'Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
      'Style: Caption,Noto Sans,47.1,&H00FFFFFF,&H00FFFFFF,&H00000000,&H50000000,0,0,0,0,100,100,0,0,' +
        '4,0,10.4,2,77,77,58,-1',
      '',
      '[Events]',
      'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
      String.raw`Dialogue: 0,0:00:00.38,0:00:03.54,Caption,,0,0,0,,Coffee began as a wild plant\Nin the highlands,`,
      'Dialogue: 0,1:01:01.22,1:01:01.98,Caption,,0,0,0,,1 hour later',
      '',
    ].join('\n'),
  );
});

test('every script has its font in equal optical size; emoji are left out', () => {
  expect(text('Привет', 'ru')).toContain('Style: Caption,Noto Sans,47.1');
  expect(text('你好世界，你好 world', 'zh-CN')).toContain('Style: Caption,Noto Sans CJK SC,50.0');
  expect(text('你好', 'zh-TW')).toContain('Noto Sans CJK TC');
  expect(text('こんにちは世界', 'ja')).toContain('Noto Sans CJK JP');
  expect(text('नमस्ते', 'hi')).toContain('Style: Caption,Noto Sans Devanagari,45.1');
  expect(text('مقاهي Oxford في', 'ar')).toContain(
    String.raw`,,مقاهي {\fnNoto Sans\fs47.1}Oxford {\fnNoto Naskh Arabic\fs65.9}في`,
  );
  expect(text('Coffee ☕️🐐 time', 'en')).toContain(',,Coffee time');
});

function text(line: string, language: string): string {
  return written([cue(0, 900, line)], language);
}

function written(cues: readonly Cue[], language: string): string {
  const captions = captionsFrom(cues, { start: 0, frames: 1_000_000 }, RATE);
  return assFile({ captions, layout, frame: FRAME, fps: FRAME.fps, language });
}

function cue(startMs: number, endMs: number, ...lines: string[]): Cue {
  return { startMs, endMs, lines, words: [] };
}

/** What has cost libass seconds and gigabytes elsewhere, or what could leave its place. */
const HOSTILE = [
  '<font size="30000">big</font>',
  String.raw`{\fs30000}{\p1}m 0 0 l 9999999 9999999{\p0}`,
  String.raw`a\Nb\hc\nd \{ \\N`,
  '1\n00:00:00,000 --> 99:00:00,000\nDialogue: 0,0:00:00.00,9:00:00.00,X,,0,0,0,,hidden',
  `e${'\u0301'.repeat(50_000)}`,
  'W'.repeat(200_000),
  `\u202e${'x '.repeat(500)}\u0000\ufeff\ud800`,
  '\u{e000}{}{}{}<>&amp;--> %s%n ${x} $(id) `id` [in][out];,:=',
];

test('hostile text is shown literally, and neither slows nor swells the drawing', async () => {
  const words = HOSTILE.flatMap((text) => text.split(/\s+/)).map((text, index) => ({
    text,
    startMs: index * 10,
    endMs: index * 10 + 10,
    sentence: 0,
  }));
  const cues = cuesOf({ words, leadMs: 0, shotMs: 8_000, maxLine: layout.maxLine });
  const file = written(cues, 'en');
  const texts = file.split('\n').filter((line) => line.startsWith('Dialogue:'));
  for (const line of texts) {
    expect(line.length).toBeLessThan(1_500);
    // All that is left of the syntax: our own breaks, and braces that are escaped.
    const rest = line.replaceAll(/\\[{}]|\\\u2060|\\N/g, '');
    expect(rest).not.toMatch(/[{}\\]/);
  }
  await writeFile(path.join(folder, 'captions.ass'), file);
  const started = Date.now();
  await runFfmpeg(
    'ffmpeg',
    [
      ['-nostdin', '-v', 'error', '-xerror', '-f', 'lavfi', '-i', 'color=gray:s=1280x720:r=5:d=8'],
      ['-vf', 'ass=filename=captions.ass', '-f', 'null', '-'],
    ].flat(),
    { cwd: folder },
  );
  expect(Date.now() - started).toBeLessThan(8_000);
}, 120_000);

test('SubRip: numbered, timed, and nothing in it is a tag', () => {
  const cues = [
    cue(400, 3_570, 'Coffee <i>began</i>', String.raw`{\an8} a --> b`),
    cue(3_661_234.4, 3_662_000, '1 < 2'),
  ];
  const file = srtFile(cues);
  expect(file.replaceAll('\u2060', '')).toBe(
    '1\n00:00:00,400 --> 00:00:03,570\nCoffee <i>began</i>\n{\\an8} a --> b\n\n' +
      '2\n01:01:01,234 --> 01:01:02,000\n1 < 2\n',
  );
  expect(file).not.toMatch(/<\/?i|\{\\|a -->/);
});
