import type { Bank } from './sentence-bank.js';
import type { PromptFacts } from './prompt-facts.js';

const HEADINGS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'A First Look',
    'How It Began',
    'What Holds It Together',
    'The Quiet Details',
    'A Turning Point',
    'Why It Matters',
    'Seen Up Close',
    'The Long View',
    'What We Learned',
    'One More Thing',
  ],
  de: [
    'Ein erster Blick',
    'Wie es begann',
    'Was es zusammenhält',
    'Die stillen Einzelheiten',
    'Ein Wendepunkt',
    'Warum es wichtig ist',
  ],
  fr: [
    'Un premier regard',
    'Le commencement',
    'Ce qui tient ensemble',
    'Les détails discrets',
    'Un tournant',
  ],
  es: ['Una primera mirada', 'El comienzo', 'Lo que lo une', 'Los detalles', 'Un punto de giro'],
};

/** A heading of a scene; the first is the topic itself. Every index has another one. */
export function headingOf({ topic, language }: PromptFacts, seed: number, index: number): string {
  const list = HEADINGS[language];
  const title = topic.charAt(0).toLocaleUpperCase() + topic.slice(1);
  if (index === 0 || !list) return index === 0 ? title : `${title} ${index + 1}`;
  const round = Math.floor(index / list.length);
  const heading = list[(seed + index) % list.length] ?? title;
  return round === 0 ? heading : `${heading} ${round + 1}`;
}

const VIEWS = [
  'Wide view of',
  'Close-up of',
  'Aerial photograph of',
  'Detail of',
  'Evening scene with',
  'Morning light on',
  'Watercolour of',
  'Cross-section of',
];
const SURROUNDINGS = [
  'in soft light',
  'with a calm background',
  'against a clear sky',
  'on a wooden table',
  'beside a window',
  'among green hills',
  'in light mist',
  'with long shadows',
];

/** A prompt for a picture in English, different for each of the first 64. */
export function visualPromptOf(topic: string, seed: number, index: number): string {
  const view = VIEWS[(seed + index) % VIEWS.length] ?? '';
  const round = Math.floor(index / VIEWS.length);
  const around = SURROUNDINGS[((seed >>> 8) + 3 * index + round) % SURROUNDINGS.length] ?? '';
  return `${view} ${topic} ${around}, seen from eye level, with natural colours and gentle contrast`;
}

const GENERAL_KEYWORDS = [
  'light',
  'detail',
  'nature',
  'history',
  'pattern',
  'people',
  'landscape',
  'close-up',
  'season',
  'work',
];

/** So many different keywords, the topic's own words first. */
export function keywordsOf(topic: string, seed: number, count: number): string[] {
  const own = topic
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}-]+/u)
    .filter((word) => word.length > 3);
  const start = seed % GENERAL_KEYWORDS.length;
  const general = [...GENERAL_KEYWORDS.slice(start), ...GENERAL_KEYWORDS.slice(0, start)];
  return [...new Set([...own, ...general])].slice(0, count);
}

/** A line of a list: the beginning of a sentence, at most eight words. */
export function pointOf({ general }: Bank, seed: number): string {
  const sentence = general[seed % general.length] ?? '';
  const words = sentence
    .replace(/[.。।]$/u, '')
    .split(' ')
    .slice(0, 8)
    .join(' ');
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
