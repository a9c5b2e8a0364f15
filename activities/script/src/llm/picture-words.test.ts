import { expect, test } from 'vitest';
import { MAX_VISUAL_PROMPT, pictureKeywords, picturePrompt } from './picture-words.js';

test.each([
  ['A hive at dawn <lora:evil:1.5>, soft light', 'A hive at dawn, soft light'],
  ['A hive, see https://evil.example/x.png now', 'A hive, see now'],
  ['A hive file:///etc/passwd in the sun', 'A hive in the sun'],
  ['A hive ../../etc/passwd in the sun', 'A hive in the sun'],
  ['A hive C:\\Windows\\system32\\cmd.exe in the sun', 'A hive in the sun'],
  ['A hive --ar 16:9 --seed 5', 'A hive'],
  ['A (hive:1.4) in __colors__ light {red|blue}', 'A hive in light red blue'],
  ['A hive embedding:bad BREAK model.safetensors', 'A hive break'],
  ['A calm hive, wide view, morning light.', 'A calm hive, wide view, morning light.'],
])('%p is plain words: %p', (raw, plain) => {
  expect(picturePrompt(raw)).toBe(plain);
});

test('is never longer than picture services read, and ends on a whole word', () => {
  const long = picturePrompt('wonderful meadow '.repeat(100));
  expect(long.length).toBeLessThanOrEqual(MAX_VISUAL_PROMPT);
  expect(long).toMatch(/(?:wonderful|meadow)$/);
});

test('keywords are plain, few and different', () => {
  expect(pictureKeywords(['Bee', 'bee', 'https://x.y/z', '…', '<lora:a:1>', 'honey jar'])).toEqual([
    'bee',
    'honey jar',
  ]);
  expect(pictureKeywords(Array.from({ length: 30 }, (_, n) => `word ${n}`))).toHaveLength(8);
});
