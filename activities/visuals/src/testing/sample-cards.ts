import fc from 'fast-check';
import type { Scene } from '@aura/proto';
import { CARD_KINDS, cardContent } from '../providers/cards/card-content.js';
import { planFor } from '../providers/cards/draw-card.js';
import type { CardPlan } from '../providers/cards/layout/plan-card.js';
import { openFontLibrary, type FontLibrary } from '@aura/drawing';

/** Cards for tests: small, of every kind, aspect and script. */
export const SIZES = {
  '16:9': { widthPx: 456, heightPx: 256 },
  '9:16': { widthPx: 256, heightPx: 456 },
  '1:1': { widthPx: 256, heightPx: 256 },
  '4:5': { widthPx: 256, heightPx: 320 },
} as const;
export type Aspect = keyof typeof SIZES;
export const ASPECTS = Object.keys(SIZES) as Aspect[];
export const LOOK = { title: 'Test', style: 'tutorial', language: 'en', sceneCount: 9 };

let library: Promise<FontLibrary> | undefined;
export function sampleFonts(): Promise<FontLibrary> {
  library ??= openFontLibrary();
  return library;
}

export function sampleScene(more: Partial<Scene>): Scene {
  return {
    id: 's01',
    index: 2,
    kind: 'statement',
    narration: '',
    heading: '',
    points: [],
    visualPrompt: '',
    keywords: [],
    ...more,
  };
}

export interface SampleCard {
  aspect: Aspect;
  language: string;
  style: string;
  scene: Partial<Scene>;
}

export async function samplePlan(card: SampleCard): Promise<CardPlan> {
  const look = { ...LOOK, language: card.language, style: card.style };
  const content = cardContent(sampleScene(card.scene), look);
  const planned = await planFor({ content, look, render: SIZES[card.aspect] }, await sampleFonts());
  return planned.plan;
}

const WORDS = [
  'a',
  'the',
  'rivers',
  'Überschwemmungsgebiet',
  'it',
  'and',
  '1,234,567',
  'fact',
  'W',
  'Äg',
  'gypsy',
  '河流',
  '、',
  'です。',
  'カタカナ',
  'الأنهار',
  'في',
  'نهر،',
  'שלום',
  'नदियाँ',
  'श्रृंखला',
  'แม่น้ำ',
  'ที่',
  'Привет',
  'γη',
  '(',
  ')',
  '—',
  '“x”',
  'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
];
const anyText = fc.oneof(
  fc
    .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 70 })
    .map((words) => words.join(' ').slice(0, 500)),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
  fc
    .constantFrom(...WORDS)
    .chain((word) =>
      fc.integer({ min: 1, max: 60 }).map((times) => word.repeat(times).slice(0, 500)),
    ),
);
const anyScene = fc.record({
  kind: fc.constantFrom(...CARD_KINDS),
  heading: anyText,
  points: fc.array(anyText, { maxLength: 9 }),
  narration: anyText,
});
/** Any text of 1 to 500 characters in any place of any card. */
export const anyCard: fc.Arbitrary<SampleCard> = fc.record({
  aspect: fc.constantFrom(...ASPECTS),
  language: fc.constantFrom('en', 'de', 'ar', 'he', 'hi', 'th', 'ja', 'zh-CN', 'ko'),
  style: fc.constantFrom('documentary', 'tutorial', 'story', 'news'),
  scene: anyScene,
});
