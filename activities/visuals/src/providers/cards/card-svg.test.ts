import { expect, test } from 'vitest';
import fc from 'fast-check';
import sharp from 'sharp';
import { CARD_KINDS, cardContent } from './card-content.js';
import { cardSvg } from './card-svg.js';
import { renderCard } from './draw-card.js';
import {
  CAPTIONS_FROM,
  colourOf,
  contrast,
  inkBox,
  ORNAMENTS,
  PALETTES,
  type Rgb,
  rgbOf,
} from '@aura/drawing';
import { cardFrame } from './layout/frame.js';
import { planCard, textsOfPlan, type CardPlan } from './layout/plan-card.js';
import {
  anyCard,
  ASPECTS,
  LOOK,
  sampleFonts,
  samplePlan,
  sampleScene,
  SIZES,
} from '../../testing/sample-cards.js';
import { shapeContent } from './shape-content.js';

test('the drawn ink is where the plan says, and every frame inside the motion shows it clear of captions', async () => {
  await fc.assert(
    fc.asyncProperty(anyCard, async (card) => {
      const decided = await samplePlan(card);
      const { frame } = decided;
      const [drawn, empty] = await Promise.all([pixels(decided, true), pixels(decided, false)]);
      const { widthPx, heightPx } = SIZES[card.aspect];
      const left = frame.width - widthPx;
      const top = frame.height - heightPx;
      const bottom = heightPx * CAPTIONS_FROM[frame.shape];
      for (let at = 0; at < drawn.length; at += 3) {
        if (
          drawn[at] === empty[at] &&
          drawn[at + 1] === empty[at + 1] &&
          drawn[at + 2] === empty[at + 2]
        )
          continue;
        const pixel = at / 3;
        const [x, y] = [pixel % frame.width, Math.floor(pixel / frame.width)];
        if (x < left || x >= widthPx || y < top || y >= bottom) {
          throw new Error(`ink at ${x},${y} outside ${left}–${widthPx} × ${top}–${bottom}`);
        }
      }
    }),
    { numRuns: 15 },
  );
}, 120_000);

test('text stands out from the very pixels behind it, on every ornament and palette', async () => {
  const names = Object.keys(ORNAMENTS) as (keyof typeof ORNAMENTS)[];
  const long = 'Rivers carry whole mountains to the sea and lay them down again where they slow';
  for (const [at, palette] of Object.values(PALETTES).entries()) {
    for (const [nth, ornament] of names.entries()) {
      const kind = CARD_KINDS[(at + nth) % CARD_KINDS.length] ?? 'list';
      const points = ['One thing that a river does', 'And another one', 'And a third one'];
      const content = cardContent(
        sampleScene({ id: `s${nth}`, kind, heading: long, points }),
        LOOK,
      );
      const look = { palette, ornament, typeface: 'sans' } as const;
      const size = SIZES[ASPECTS[(at + nth) % 4] ?? '1:1'];
      const { texts } = await shapeContent(
        content,
        look,
        { language: 'en', rtl: false },
        await sampleFonts(),
      );
      const decided = planCard({ content, texts, frame: cardFrame(size), look, rtl: false });
      const behind = await pixels(decided, false);
      for (const element of textsOfPlan(decided)) {
        const colours = [rgbOf(colourOf(element.colour, palette)), rgbOf(palette.accent)];
        const worst = worstContrast(behind, decided.frame.width, inkBox(element), colours);
        expect({ palette: palette.name, ornament, kind, ok: worst >= 4.5 }).toMatchObject({
          ok: true,
        });
      }
    }
  }
}, 120_000);

test('a card holds outlines and colours only: no text, no link, no file, no style, no script', async () => {
  const text = '<image href="file:///etc/passwd"/> url(http://example.org) <script> &x; ]]>';
  for (const kind of CARD_KINDS) {
    const points = [text, text];
    const decided = await samplePlan({
      aspect: '1:1',
      language: text,
      style: text,
      scene: { id: text, kind, heading: text, narration: text, points, keywords: [text, 'river'] },
    });
    const svg = cardSvg(decided);
    const tags = new Set(svg.match(/<[a-zA-Z]+/g));
    const known = 'svg g defs linearGradient radialGradient stop path circle rect polygon'.split(
      ' ',
    );
    expect([...tags].filter((tag) => !known.includes(tag.slice(1)))).toEqual([]);
    expect(svg).not.toMatch(/href|file:|https?:\/\/(?!www\.w3\.org\/2000\/svg)|&|url\((?!#)/);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  }
});

async function pixels(decided: CardPlan, withText: boolean): Promise<Buffer> {
  return sharp(await renderCard(decided, { withText }))
    .raw()
    .toBuffer();
}

function worstContrast(
  behind: Buffer,
  width: number,
  box: { x: number; y: number; width: number; height: number },
  colours: Rgb[],
): number {
  let worst = 21;
  const seen = new Set<number>();
  for (let y = Math.floor(box.y); y < box.y + box.height; y++) {
    for (let x = Math.floor(box.x); x < box.x + box.width; x++) {
      const at = (y * width + x) * 3;
      const pixel: Rgb = [behind[at] ?? 0, behind[at + 1] ?? 0, behind[at + 2] ?? 0];
      const key = (pixel[0] << 16) | (pixel[1] << 8) | pixel[2];
      if (seen.has(key)) continue;
      seen.add(key);
      for (const colour of colours) worst = Math.min(worst, contrast(colour, pixel));
    }
  }
  return worst;
}
