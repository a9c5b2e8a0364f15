import { expect, test } from 'vitest';
import sharp from 'sharp';
import { renderChart } from './render-chart.js';

test('the chart of a render is a picture that says each figure', async () => {
  const chart = renderChart({
    filmSeconds: 61.5,
    'veryfast.floorCpuSeconds': 49,
    'veryfast.compositor.segmentsCpuSeconds': 63.1,
    'veryfast.compositor.filmCpuSeconds': 5.5,
    'veryfast.compositor.wallSeconds': 40,
    'veryfast.compositor.overFloor': 1.4,
  });
  for (const said of ['61.5 s', 'x264 alone', '49.0', '68.6, 1.40×']) expect(chart).toContain(said);
  expect((await sharp(Buffer.from(chart)).metadata()).width).toBe(760);
});
