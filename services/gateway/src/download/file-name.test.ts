import { expect, test } from 'vitest';
import fc from 'fast-check';
import { attachment, fileTitle, safeName } from './file-name.js';

test('a name is kept as far as file systems and headers can hold it', () => {
  expect(attachment('Why the sea is salty.mp4')).toBe(
    `attachment; filename="Why the sea is salty.mp4"; filename*=UTF-8''Why%20the%20sea%20is%20salty.mp4`,
  );
  expect(attachment('Café – 海.mp4')).toBe(
    `attachment; filename="Cafe  .mp4"; filename*=UTF-8''Caf%C3%A9%20%E2%80%93%20%E6%B5%B7.mp4`,
  );
  expect(attachment('海.mp4')).toMatch(/^attachment; filename="video\.mp4"; /);
});

test('folders, hidden names, control characters and quotes are taken out', () => {
  expect(safeName('../../etc/passwd.mp4')).toBe('etc passwd.mp4');
  expect(safeName('a"b\r\nSet-Cookie: x.mp4')).toBe('a bSet-Cookie x.mp4');
  expect(safeName('.mp4')).toBe('mp4');
  expect(safeName('\u202egpj.mp4')).toBe('gpj.mp4');
  expect(safeName('')).toBe('video');
  expect(safeName(`${'x'.repeat(300)}.mp4`)).toHaveLength(84);
});

test('no name breaks the header or leaves its folder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      expect(attachment(name)).toMatch(
        /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[\w.%!~-]+$/,
      );
      expect(safeName(name)).not.toMatch(/[/\\\0]|^\./);
    }),
  );
});

test('a file without a name gets that of its job', () => {
  expect(fileTitle('0-1', 'application/x-subrip')).toBe('0-1.srt');
});
