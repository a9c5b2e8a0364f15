import type { StyleName } from '../../styles.js';
import type { DraftScene } from './film/draft.js';

const LOOKS: Record<StyleName, string> = {
  documentary: 'Documentary photograph, natural light',
  tutorial: 'Clear instructional illustration, plain background',
  listicle: 'Bright editorial illustration, one motif',
  news: 'Sober editorial photograph',
  story: 'Atmospheric painted illustration, warm light',
  promo: 'Vivid advertising photograph, clean composition',
};

/** What a picture of the scene would show, for providers that paint; never spoken or written on a card. */
export function visualPrompt({ sight, heading }: DraftScene, style: StyleName): string {
  const about = sight.trim() || heading;
  return `${LOOKS[style]} of ${about.slice(0, 160)}. No text, no letters.`;
}
