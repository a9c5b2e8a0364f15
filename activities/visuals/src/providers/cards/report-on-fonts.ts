import type { Usability } from '@aura/provider';
import { cardContent } from './card-content.js';
import { planFor, renderCard } from './draw-card.js';
import { isBlank } from '../../pictures/check-picture.js';
import { describeCauses } from '@aura/failure';
import { type FontLibrary, matchFonts } from '@aura/drawing';

/** One word per script that films are often asked for in. */
const SAMPLES: Record<string, string> = {
  Greek: 'Ουρανός',
  Cyrillic: 'Небо',
  Chinese: '天空',
  Japanese: 'そら',
  Korean: '하늘',
  Arabic: 'سماء',
  Hebrew: 'שמיים',
  Devanagari: 'आकाश',
  Thai: 'ท้องฟ้า',
};

/** Draws a small test card with the fonts that are here. Scripts without a font are named in `reason`; they stop only the films that need them. */
export async function reportOnFonts(openFonts: () => Promise<FontLibrary>): Promise<Usability> {
  try {
    const fonts = await openFonts();
    const { plan, missing } = await planFor(testCard(), fonts);
    if (missing.length > 0) return { usable: false, reason: 'No font draws Latin letters.' };
    const drawn = await renderCard(plan);
    const empty = await renderCard(plan, { withText: false });
    if (drawn.equals(empty) || (await isBlank(drawn))) {
      return { usable: false, reason: 'The test card came out empty.' };
    }
    const without = await scriptsWithoutFont(fonts);
    const reason = without.length > 0 ? `No font for: ${without.join(', ')}.` : '';
    return { usable: true, reason };
  } catch (error) {
    const reason = `The test card could not be drawn: ${describeCauses(error).split('\n')[0] ?? ''}`;
    return { usable: false, reason };
  }
}

async function scriptsWithoutFont(fonts: FontLibrary): Promise<string[]> {
  const without: string[] = [];
  for (const [script, sample] of Object.entries(SAMPLES)) {
    const style = { typeface: 'sans', weight: 'regular', language: 'und' } as const;
    const { missing } = await matchFonts(sample, style, fonts);
    if (missing.length > 0) without.push(script);
  }
  return without;
}

function testCard() {
  const look = { title: 'Aura', style: 'tutorial', language: 'en', sceneCount: 1 };
  const scene = {
    id: 'test',
    index: 0,
    kind: 'title',
    narration: '',
    heading: 'Aura',
    points: [],
    visualPrompt: '',
    keywords: [],
  };
  return { content: cardContent(scene, look), look, render: { widthPx: 256, heightPx: 256 } };
}
