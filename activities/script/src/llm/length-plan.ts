import { FILM_BOUNDS } from '@aura/proto';
import { filmMs, silenceMs, type Speed } from '../pace.js';
import type { StyleName } from '../styles.js';
import { baseLanguage } from '../text/language.js';

/** How long a script is to be, in what models can count. */
export interface LengthPlan {
  targetMs: number;
  /** Of the whole film, hook and closing included. */
  scenes: number;
  maxScenes: number;
  /** Between hook and closing: what the model is asked for. */
  contentScenes: number;
  /** Of all that is spoken. */
  characters: number;
  /** Undefined where the language is written without spaces. */
  words: number | undefined;
}

/** How long a scene stands, by style; what viewers of each are used to. */
const SCENE_MS: Record<StyleName, number> = {
  documentary: 12_000,
  tutorial: 13_000,
  listicle: 10_000,
  news: 10_000,
  story: 12_000,
  promo: 7_000,
};

/** Characters of a spoken sentence, for the pauses that the narrator makes between them. */
const SENTENCE_CHARACTERS = 80;
const SENTENCE_CHARACTERS_DENSE = 28;

/**
 * Characters of a word and the space after it, by language: between those of our own phrases, which are plain, and those
 * of articles, which are a tenth above.
 */
const WORD_CHARACTERS: Record<string, number> = {
  en: 5.7,
  de: 6.6,
  nl: 5.9,
  fr: 5.9,
  es: 5.8,
  pt: 5.7,
  it: 6.0,
  pl: 6.6,
  ru: 6.5,
  uk: 6.4,
  tr: 7.2,
  el: 6.2,
  ar: 5.5,
  he: 5.3,
  hi: 4.9,
  ko: 3.8,
};

const WITHOUT_SPACES = /^(?:zh|yue|ja|th|lo|km|my)$/;

/** Hook and closing are scenes of the film, and not among those that are asked for. */
const FRAME = 2;

/** Pure. `maxScenes` of 0 leaves it to the bounds of a film. */
export function lengthPlan(
  { targetDurationMs, maxScenes }: { targetDurationMs: number; maxScenes: number },
  pace: Speed,
  { language, style }: { language: string; style: StyleName },
): LengthPlan {
  const most = Math.max(1, Math.min(maxScenes || FILM_BOUNDS.maxScenes, FILM_BOUNDS.maxScenes));
  const wanted = Math.max(3, Math.round(targetDurationMs / SCENE_MS[style]));
  const scenes = Math.min(most, wanted);
  const base = baseLanguage(language);
  const isDense = WITHOUT_SPACES.test(base);
  const perSentence = isDense ? SENTENCE_CHARACTERS_DENSE : SENTENCE_CHARACTERS;
  const speechMs = Math.max(targetDurationMs * 0.3, targetDurationMs - silenceMs(scenes));
  const characters = Math.round(
    speechMs / (pace.msPerCharacter + pace.msPerSentence / perSentence),
  );
  return {
    targetMs: targetDurationMs,
    scenes,
    maxScenes: most,
    contentScenes: Math.max(1, scenes - FRAME),
    characters,
    words: isDense
      ? undefined
      : Math.max(8, Math.round(characters / (WORD_CHARACTERS[base] ?? 6.2))),
  };
}

/** The film's length as a share of its target. */
export function lengthShare(
  narrations: readonly string[],
  { targetMs }: LengthPlan,
  { pace, language }: { pace: Speed; language: string },
): number {
  const scenes = narrations.map((narration) => ({ narration }));
  return filmMs(scenes, pace, language) / Math.max(1, targetMs);
}
