import type { VisualsEntry, VisualsSettings } from '../visuals-entry.js';
import { CARDS, cardsProvider } from './cards.js';
import { reportOnFonts } from './report-on-fonts.js';
import { sharedFontLibrary } from '@aura/drawing';
import type { Usability } from '@aura/provider';

/** Typographic cards, drawn by Aura itself: the last of every chain, and always there. */
export const cards: VisualsEntry = {
  name: CARDS,
  stage: 'visuals',
  kind: 'drawing',
  runs: 'local',
  gives: 'Typographic cards drawn from the scene’s own words, without any service.',
  capabilities: { deterministic: true },
  settings: ['AURA_FONTS'],
  price: { kind: 'free' },
  limits: { concurrentCalls: 64 },
  create: (settings) => cardsProvider(() => sharedFontLibrary(settings.fontsFolder)),
  reportOptions: (settings) => ({ check: () => provenCard(settings) }),
};

/**
 * A card is drawn for real until that has worked once: the fonts stay the same for as long as this process lives, and
 * trying them out costs the films time.
 */
async function provenCard(settings: VisualsSettings): Promise<Usability> {
  const key = settings.fontsFolder ?? '';
  const verdict =
    proven.get(key) ?? (await reportOnFonts(() => sharedFontLibrary(settings.fontsFolder)));
  if (verdict.usable) proven.set(key, verdict);
  return verdict;
}

const proven = new Map<string, Usability>();
