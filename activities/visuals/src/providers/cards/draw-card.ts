import sharp from 'sharp';
import type { Look, RenderSpec } from '@aura/proto';
import { MAX_PIXELS } from '@aura/media';
import { cardSvg } from './card-svg.js';
import type { CardContent } from './card-content.js';
import { type FontLibrary, filmLook, isRightToLeft } from '@aura/drawing';
import { cardFrame } from './layout/frame.js';
import { planCard, type CardPlan } from './layout/plan-card.js';
import { shapeContent } from './shape-content.js';

export interface CardRequest {
  content: CardContent;
  look: Pick<Look, 'title' | 'style' | 'language'>;
  render: Pick<RenderSpec, 'widthPx' | 'heightPx'>;
}

export interface PlannedCard {
  plan: CardPlan;
  missing: string[];
  readable: boolean;
}

/** Decides a card: opens fonts where needed, then places everything without waiting. */
export async function planFor(request: CardRequest, fonts: FontLibrary): Promise<PlannedCard> {
  const look = filmLook(request.look);
  const { language } = request.look;
  const rtl = isRightToLeft(language);
  const { texts, missing, readable } = await shapeContent(
    request.content,
    look,
    { language, rtl },
    fonts,
  );
  const frame = cardFrame(request.render);
  // Without its words a quote would be a mark around nothing.
  const content: CardContent = readable
    ? request.content
    : { ...request.content, kind: 'statement' };
  return {
    plan: planCard({ content, texts, frame, look, rtl }),
    missing,
    readable,
  };
}

/** Draws a card as a PNG without transparency, sRGB. The same plan gives the same bytes. */
export async function renderCard(
  plan: CardPlan,
  options: { withText?: boolean } = {},
): Promise<Buffer> {
  return sharp(Buffer.from(cardSvg(plan, options)), { limitInputPixels: MAX_PIXELS })
    .flatten({ background: plan.look.palette.ground[0] })
    .toColourspace('srgb')
    .png({ compressionLevel: 6 })
    .toBuffer();
}
