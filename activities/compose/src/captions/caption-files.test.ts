import { expect, test } from 'vitest';
import type { Caption } from '@aura/proto';
import { captionFiles } from './caption-files.js';

const RENDER = { widthPx: 1_280, heightPx: 720, fps: 30, aspect: '16:9', quality: 'standard' };
const RATE = { numerator: 30_000, denominator: 1_001 };

test('all files say the same at the same time, to the frame, also at a fractional rate', () => {
  const [srt, vtt, ass] = captionFiles({
    captions: [caption(30, 60, 'Coffee', 'began.'), caption(107_892, 30, 'An hour later.')],
    render: { ...RENDER, rate: RATE },
    language: 'en',
  });
  expect(srt?.text).toBe(
    '1\n00:00:01,001 --> 00:00:03,003\nCoffee\nbegan.\n\n' +
      '2\n00:59:59,996 --> 01:00:00,997\nAn hour later.\n',
  );
  expect(vtt?.text).toBe(
    'WEBVTT\n\n1\n00:00:01.001 --> 00:00:03.003\nCoffee\nbegan.\n\n' +
      '2\n00:59:59.996 --> 01:00:00.997\nAn hour later.\n',
  );
  // Half a frame before, so that a player that rounds shows it with its own frame.
  expect(ass?.text).toContain(String.raw`0:00:00.98,0:00:02.99,Caption,,0,0,0,,Coffee\Nbegan.`);
  expect([srt, vtt, ass].map((file) => file?.kind)).toEqual([
    'captions',
    'captions-vtt',
    'captions-ass',
  ]);
});

test('WebVTT: what could be a tag is text, and the position is told', () => {
  const style = { mode: '', look: 'clean', position: 'top', accent: '' };
  const captions = [caption(0, 30, '<b>a</b> & b --> c', '{\\an8}')];
  const [, vtt, ass] = captionFiles({ captions, render: RENDER, language: 'en', style });
  expect(vtt?.text).toContain(
    '00:00:00.000 --> 00:00:01.000 line:6%\n&lt;b&gt;a&lt;/b&gt; &amp; b --&gt; c\n{\\an8}\n',
  );
  // An outline, a shadow, and the upper edge.
  expect(ass?.text).toContain(',1,2.3,1.1,8,77,77,50,');
});

test('a line of a user begins no caption of its own, in no file', () => {
  const captions = [
    caption(0, 30, 'one\n\n2\n00:00:05,000 --> 00:00:09,000\nhidden', '\u0000'),
    caption(30, 30, '\u200b', 'W'.repeat(100_000)),
  ];
  const [srt, vtt, ass] = captionFiles({ captions, render: RENDER, language: 'en' });
  expect(srt?.text.match(/^\d+$/gm)).toEqual(['1', '2']);
  expect(vtt?.text.match(/ --> /g)).toHaveLength(2);
  expect(ass?.text.match(/^Dialogue/gm)).toHaveLength(2);
  expect(ass?.text.length).toBeLessThan(4_000);
});

function caption(start: number, frames: number, ...lines: string[]): Caption {
  return { start, frames, lines, words: [] };
}
