import { expect, test } from 'vitest';
import { contrast, MIN_CONTRAST, mix, rgbOf } from './contrast.js';
import { filmLook } from './film-look.js';
import { ICON_NAMES, iconFor, iconSvg } from './icons.js';
import { PALETTES, PALETTES_OF_STYLE } from './palettes.js';

test('contrast follows WCAG: 21 between black and white, 1 with itself', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
  expect(contrast(rgbOf('#777777'), rgbOf('#ffffff'))).toBeCloseTo(4.48, 2);
  expect(contrast([9, 9, 9], [9, 9, 9])).toBe(1);
});

test.each(Object.values(PALETTES))(
  'every text colour of $name stands out from all that may lie under text',
  (palette) => {
    const under = [...palette.ground, ...palette.tones];
    for (const colour of [palette.ink, palette.muted, palette.accent]) {
      for (const a of under) {
        for (const b of under) {
          for (const share of [0, 0.25, 0.5, 0.75]) {
            const ratio = contrast(rgbOf(colour), rgbOf(mix(a, b, share)));
            expect(ratio).toBeGreaterThanOrEqual(MIN_CONTRAST);
          }
        }
      }
    }
    expect(contrast(rgbOf(palette.ground[0]), rgbOf(palette.accent))).toBeGreaterThanOrEqual(
      MIN_CONTRAST,
    );
  },
);

test('a film keeps its look, and films of one style do not all look alike', () => {
  const looks = Array.from({ length: 40 }, (_, at) =>
    filmLook({ title: `Film ${at}`, style: 'documentary' }),
  );
  expect(filmLook({ title: 'Film 3', style: 'documentary' })).toEqual(looks[3]);
  const kinds = new Set(looks.map(({ palette, ornament }) => `${palette.name} ${ornament}`));
  expect(kinds.size).toBeGreaterThan(8);
  for (const style of [...Object.keys(PALETTES_OF_STYLE), 'unknown', 'constructor', '']) {
    expect(filmLook({ title: 'x', style }).palette.ink).toMatch(/^#/);
  }
});

test('icons stand for words and their plurals, and for nothing else', () => {
  expect(iconFor(['honey', 'bees'])).toBe('bug');
  expect(iconFor(['berries', 'solar panels'])).toBe('sun');
  expect(iconFor(['constructor', 'x', '__proto__'])).toBeUndefined();
});

test('every icon that a word can name exists and draws', () => {
  for (const name of ICON_NAMES) {
    expect(iconSvg(name, 48, '#ffffff', 2)).toMatch(/<(path|circle|rect|line|ellipse|poly)/);
  }
});
