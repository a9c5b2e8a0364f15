import { expect, test } from 'vitest';
import { segmentsToRedo } from './gpu-queue.js';

const by = (...encoders: (string | undefined)[]) =>
  encoders.map((encoder) => (encoder === undefined ? {} : { hardware: { encoder, warnings: [] } }));

test('a film of one encoder stays as it is', () => {
  for (const film of [
    by(),
    by(undefined, undefined),
    by('h264_nvenc', 'h264_nvenc'),
    by('', undefined),
  ])
    expect(segmentsToRedo(film)).toEqual([]);
});

test('where hardware has failed once, or differs, a processor takes over all that hardware has made', () => {
  expect(segmentsToRedo(by('h264_nvenc', '', undefined, 'h264_nvenc'))).toEqual([0, 3]);
  expect(segmentsToRedo(by('h264_nvenc', 'h264_qsv'))).toEqual([0, 1]);
});
