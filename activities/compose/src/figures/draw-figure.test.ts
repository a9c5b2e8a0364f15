import { expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { sharedFontLibrary } from '@aura/drawing';
import { likeness, likenessTo, paintedFrames } from '../testing/painted.js';
import { SAMPLE_FIGURES } from '../testing/sample-figures.js';
import { drawFigure, drawWholeFigure } from './draw-figure.js';

const WIDE = { widthPx: 320, heightPx: 180 };
const TALL = { widthPx: 180, heightPx: 320 };
const SHOW = { rate: { numerator: 30, denominator: 1 }, from: 6, to: 90 };
/** Before it begins, at two moments on the way, and as it stays. */
const FRAMES = [5, 20, 36, 89];
const golden = (name: string) =>
  fileURLToPath(new URL(`../testing/golden/figure-${name}.png`, import.meta.url));

test.each(Object.entries(SAMPLE_FIGURES))(
  'a figure of kind %s builds itself up as it was looked at, to the picture that the next shot fades from',
  async (name, figure) => {
    const fonts = await sharedFontLibrary();
    const size = name === 'steps' || name === 'comparison' ? TALL : WIDE;
    const drawn = await drawFigure(figure, { ...size, ...SHOW }, fonts);
    const frames = await paintedFrames(drawn, FRAMES);
    expect(await likenessTo(golden(name), frames, size)).toBeGreaterThan(28);
    const ground = await drawWholeFigure(figure, size, fonts);
    const [whole] = await paintedFrames({ ground, sprites: [], layers: [] }, [0]);
    expect(likeness(frames.at(-1), whole)).toBeGreaterThan(33);
  },
);

test('nothing of a figure shows before its time, and everything is there for the last fifth of it', async () => {
  const fonts = await sharedFontLibrary();
  for (const figure of Object.values(SAMPLE_FIGURES)) {
    for (const to of [10, 40, 300]) {
      const { layers } = await drawFigure(figure, { ...WIDE, ...SHOW, to }, fonts);
      for (const { from, x, y, opacity, reveal, sprites, every = 1 } of layers) {
        expect(from).toBeGreaterThanOrEqual(SHOW.from);
        const keys = [x, y, opacity, reveal?.share ?? 1].flatMap((track) =>
          typeof track === 'number' ? [] : track.map(({ frame }) => frame),
        );
        const settled = Math.max(...keys, from + every * (sprites.length - 1));
        expect(settled).toBeLessThanOrEqual(Math.max(to, SHOW.from + 0.85 * (to - SHOW.from) + 4));
      }
    }
  }
});
