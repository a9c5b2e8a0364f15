import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { artifactRow, fileStem } from './artifacts.js';

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
