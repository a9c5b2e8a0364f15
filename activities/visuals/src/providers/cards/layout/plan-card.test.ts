import { expect, test } from 'vitest';
import fc from 'fast-check';
import { anyCard, samplePlan, SIZES, type SampleCard } from '../../../testing/sample-cards.js';
import { inkBox } from '@aura/drawing';
import { OVERSCAN } from '../../../pictures/picture-size.js';
import { cardFrame, MIN_BODY_SHARE } from './frame.js';
import { textsOfPlan, type CardPlan } from './plan-card.js';

test('no text of any length is cut off, too small, overlaps another, or comes near edges and captions', async () => {
  await fc.assert(
    fc.asyncProperty(anyCard, async (card) => {
      const plan = await samplePlan(card);
      expectLegible(plan, card);
      const { frame, elements } = plan;
      const { safe } = frame;
      const boxes = elements.map((element) =>
        element.type === 'text' ? inkBox(element) : element.box,
      );
      for (const box of boxes) {
        expect(box.x).toBeGreaterThanOrEqual(safe.x - 0.01);
        expect(box.y).toBeGreaterThanOrEqual(safe.y - 0.01);
        expect(box.x + box.width).toBeLessThanOrEqual(safe.x + safe.width + 0.01);
        expect(box.y + box.height).toBeLessThanOrEqual(safe.y + safe.height + 0.01);
      }
      for (const [at, a] of boxes.entries()) {
        for (const b of boxes.slice(at + 1)) {
          const apart =
            a.x + a.width <= b.x + 0.5 ||
            b.x + b.width <= a.x + 0.5 ||
            a.y + a.height <= b.y + 0.5 ||
            b.y + b.height <= a.y + 0.5;
          expect(apart).toBe(true);
        }
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);

test('cards of right-to-left languages are mirrored: text, marks and bullets begin at the right', async () => {
  const points = ['ينحت الصخر', 'يحمل ما نحته'];
  const arabic = await samplePlan({
    aspect: '16:9',
    language: 'ar',
    style: 'news',
    scene: { kind: 'list', heading: 'أعمال النهر', points },
  });
  const { safe } = arabic.frame;
  const right = safe.x + safe.width;
  const [heading, first] = textsOfPlan(arabic).map(inkBox);
  expect((heading?.x ?? 0) + (heading?.width ?? 0)).toBeCloseTo(right, 1);
  const bullets = arabic.elements.flatMap((element) =>
    element.type === 'shape' ? [element.box] : [],
  );
  for (const bullet of bullets) expect(bullet.x + bullet.width).toBeCloseTo(right, 1);
  expect((first?.x ?? 0) + (first?.width ?? 0)).toBeLessThan(bullets[1]?.x ?? 0);
});

test('the card covers the frame with the promised overscan, in even numbers, at any size', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 128, max: 1920 }),
      fc.integer({ min: 128, max: 1920 }),
      (w, h) => {
        const { width, height } = cardFrame({ widthPx: 2 * w, heightPx: 2 * h });
        expect([width % 2, height % 2]).toEqual([0, 0]);
        expect(width / (2 * w)).toBeGreaterThanOrEqual(OVERSCAN);
        expect(height / (2 * h)).toBeLessThan(OVERSCAN + 0.01);
      },
    ),
  );
});

/** Body text is at least 4 % of the short side, headings are larger. */
function expectLegible(plan: CardPlan, { aspect }: SampleCard): void {
  const { widthPx, heightPx } = SIZES[aspect];
  const least = MIN_BODY_SHARE * Math.min(widthPx, heightPx);
  for (const { role, fitted } of textsOfPlan(plan)) {
    expect(fitted.size).toBeGreaterThanOrEqual(least);
    if (role === 'heading') expect(fitted.size).toBeGreaterThan(1.1 * least);
    expect(fitted.lines.length).toBeGreaterThan(0);
  }
}
