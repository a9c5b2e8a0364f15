import { expect, test } from 'vitest';
import fc from 'fast-check';
import { diffusionPrompt } from '../diffusion/diffusion-prompt.js';
import { diffusionSize } from '../diffusion/diffusion-size.js';
import { sceneRequest } from '../testing/visuals-stage.js';
import { filmStyle, sceneSeed } from './film-style.js';
import { promptText, scenePrompt, softenedText } from './scene-prompt.js';

const STYLES = ['documentary', 'tutorial', 'listicle', 'news', 'story', 'promo', 'something else'];

test('a film has one style line and one seed, which follow from its title and style alone', () => {
  for (const style of STYLES) {
    const film = filmStyle({ title: 'Rivers', style });
    expect(film.line).toMatch(/\w+.*, \w+/);
    expect(filmStyle({ title: 'Rivers', style })).toEqual(film);
    expect(filmStyle({ title: 'Lakes', style }).seed).not.toBe(film.seed);
    const lines = [0, 1, 2].map(
      (index) => scenePrompt(sceneRequest({ scene: { index }, look: { style } })).style,
    );
    expect(new Set(lines).size).toBe(1);
  }
});

test('seeds are 32 bits, differ from scene to scene and from take to take', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 32 - 1), fc.nat(119), fc.nat(50), (seed, index, take) => {
      const own = sceneSeed({ line: '', seed }, index, take);
      expect(Number.isInteger(own) && own >= 0 && own < 2 ** 32).toBe(true);
      expect(sceneSeed({ line: '', seed }, index + 1, take)).not.toBe(own);
      expect(sceneSeed({ line: '', seed }, index, take + 1)).not.toBe(own);
    }),
  );
});

test('a scene without a visual prompt is pictured by its heading, its keywords, its words, the film’s title', () => {
  const sight = (scene: object) =>
    scenePrompt(sceneRequest({ scene: { visualPrompt: ' \u0000', ...scene } })).sight;
  expect(sight({})).toBe('Water carries mountains');
  expect(sight({ heading: '' })).toBe('water');
  expect(sight({ heading: '', keywords: [] })).toMatch(/^Water carries whole/);
  expect(sight({ heading: '', keywords: [], narration: '' })).toBe('Rivers');
});

test('prompts are short, plain and ask for no writing, whatever the script says', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 3_000 }),
      fc.array(fc.string()),
      (visualPrompt, keywords) => {
        const request = sceneRequest({ scene: { visualPrompt, keywords } });
        const prompt = scenePrompt(request);
        for (const text of [promptText(prompt), softenedText(request, prompt)]) {
          expect(text.length).toBeLessThan(800);
          expect(text).not.toMatch(/\p{Cc}/u);
          expect(text).toContain('No text');
          expect(text).toContain(prompt.style);
        }
        const own = diffusionPrompt(prompt);
        expect(own.prompt).not.toMatch(/[()[\]{}<>|:\p{Cc}]/u);
        expect(own.negative).toContain('text');
      },
    ),
  );
});

test('models are asked for the shape of the frame, in steps of 64, about as large as they were trained', () => {
  const sizes = (megapixels: number) =>
    (
      [
        [1_920, 1_080],
        [1_080, 1_920],
        [1_080, 1_080],
        [1_080, 1_350],
      ] as const
    ).map(([widthPx, heightPx]) => {
      const size = diffusionSize({ widthPx, heightPx }, megapixels);
      return [size.widthPx, size.heightPx];
    });
  expect(sizes(1)).toEqual([
    [1_344, 768],
    [768, 1_344],
    [1_024, 1_024],
    [896, 1_152],
  ]);
  expect(sizes(0.25)).toEqual([
    [704, 384],
    [384, 704],
    [512, 512],
    [448, 576],
  ]);
});
