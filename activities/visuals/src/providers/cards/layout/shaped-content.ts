import type { ShapedText } from '@aura/drawing';

/** A card's texts, shaped and ready to be fitted. A text that the scene lacks, or of which nothing can be drawn, is absent. */
export interface ShapedContent {
  heading?: ShapedText;
  points: ShapedText[];
  figure?: ShapedText;
  unit?: ShapedText;
  source?: ShapedText;
}
