import type { Scene } from '@aura/proto';
import type { StyleName } from '../styles.js';

/** How a scene might be pictured. All values are words for picture services; nothing of it is spoken or drawn. */
export interface PicturePlan {
  /** One paragraph, ready to be sent. */
  prompt: string;
  shot: 'wide' | 'medium' | 'close-up';
  mood: Mood;
  light: string;
  palette: string;
}

export type Mood = 'calm' | 'tense' | 'joyful' | 'solemn' | 'curious';

const LOOKS: Record<StyleName, string> = {
  documentary: 'Documentary photograph',
  tutorial: 'Clear instructional illustration',
  listicle: 'Bright editorial illustration',
  news: 'Sober editorial photograph',
  story: 'Atmospheric painted illustration',
  promo: 'Vivid advertising photograph',
};

/** Words by which a scene's mood is told, in English; other languages count as calm. First match counts. */
const MOODS: [Mood, RegExp][] = [
  [
    'solemn',
    /\b(?:died?|dead|death|grave|loss|lost|mourn|extinct|sorrow|memorial|farewell|funeral)\b/i,
  ],
  [
    'tense',
    /\b(?:danger|storm|war|fire|erupt|crisis|threat|fear|attack|risk|collapse|disaster|fight|urgent)\w*/i,
  ],
  [
    'joyful',
    /\b(?:joy|happy|happi|celebrat|festival|laugh|love|win|won|play|delight|bloom|smile)\w*/i,
  ],
  [
    'curious',
    /\b(?:why|how|secret|mystery|discover|wonder|question|imagine|surpris|hidden|strange)\w*|\?/i,
  ],
];

const LIGHT: Record<Mood, string> = {
  calm: 'soft natural light',
  tense: 'hard side light and deep shadows',
  joyful: 'bright morning light',
  solemn: 'dim overcast light',
  curious: 'warm light from one side',
};

const PALETTE: Record<Mood, string> = {
  calm: 'muted greens and blues',
  tense: 'dark greys with one red accent',
  joyful: 'clear yellows and warm whites',
  solemn: 'cool greys',
  curious: 'amber and teal',
};

const SHOTS: Record<PicturePlan['shot'], string> = {
  wide: 'wide view',
  medium: 'medium view',
  'close-up': 'close view of one object',
};

/**
 * A picture for a scene by its heading, kind and words: shot by what the card shows, mood by what is said, unless
 * somebody who has understood it says otherwise (`felt`). The same scene gives the same picture. Pure.
 */
export function describePicture(
  {
    narration,
    heading,
    kind,
    keywords,
  }: Pick<Scene, 'narration' | 'heading' | 'kind' | 'keywords'>,
  style: StyleName,
  felt: Partial<Pick<PicturePlan, 'mood' | 'shot'>> = {},
): PicturePlan {
  const { mood = moodOf(narration), shot = shotOf(kind, narration) } = felt;
  const about = [heading, ...keywords.slice(0, 3)]
    .map((words) =>
      words
        .replace(/[…"“”«»<>{}[\]()|]/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((words, at, all) => words !== '' && all.indexOf(words) === at)
    .join(', ');
  const prompt = `${LOOKS[style]}, ${SHOTS[shot]}: ${about.slice(0, 200)}. ${capital(LIGHT[mood])}, ${PALETTE[mood]}. No text, no letters.`;
  return { prompt, shot, mood, light: LIGHT[mood], palette: PALETTE[mood] };
}

/** A description that somebody else wrote, in the light and the colours of a mood; light that it names stays. Pure. */
export function inMood(prompt: string, mood: Mood): string {
  const plain = prompt.trim().replace(/[.\s]+$/u, '');
  const light = NAMES_LIGHT.test(plain) ? '' : `${capital(LIGHT[mood])}, `;
  return `${plain}. ${light === '' ? capital(PALETTE[mood]) : `${light}${PALETTE[mood]}`}.`;
}

const NAMES_LIGHT =
  /\b(?:light|lit|sun|sunny|sunlit|sunset|sunrise|dawn|dusk|night|shadow|lamp|candle|moon|glow|dark|bright)\w*/i;

export function moodOf(text: string): Mood {
  return MOODS.find(([, words]) => words.test(text))?.[0] ?? 'calm';
}

function shotOf(kind: string, narration: string): PicturePlan['shot'] {
  if (/^(?:title|closing)$/.test(kind)) return 'wide';
  if (/^(?:number|quote)$/.test(kind)) return 'close-up';
  return /\b(?:world|ocean|sea|city|sky|landscape|mountain|planet|galaxy|forest|desert|country)\b/i.test(
    narration,
  )
    ? 'wide'
    : 'medium';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
