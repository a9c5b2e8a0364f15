import type { Scene } from '@aura/proto';
import { speechMs, type Speed } from '../pace.js';
import { keywordsOf, wordsOf } from '../text/keywords.js';
import { baseLanguage } from '../text/language.js';
import { sentencesOf } from '../text/sentences.js';
import { moodOf, type Mood } from './visual-prompts.js';

/** What can be seen of one scene without understanding it. Shares lie between 0 and 1. */
export interface SceneAnalysis {
  sceneId: string;
  words: number;
  sentences: number;
  speechMs: number;
  /** How much the film would miss it: first and last scenes, figures and the film's own words count. */
  importance: number;
  /** How much is said in its time: telling words, figures and points. */
  density: number;
  /** How hard it is to follow by ear: long sentences and long words. */
  difficulty: number;
  mood: Mood;
  /** Share of its telling words that the film has not had before. */
  novelty: number;
}

/** Sentences of so many words are as hard to follow by ear as they get (spoken news stay below 20). */
const HARD_SENTENCE_WORDS = 30;
const HARD_WORD_CHARACTERS = 12;
/** So many telling words a minute are as dense as speech gets. */
const DENSE_WORDS_PER_MINUTE = 90;

/** Looks at each scene in the light of the whole film. Pure; any language, as far as words can be told apart. */
export function analyseScenes(
  scenes: readonly Scene[],
  { language, pace }: { language: string; pace: Speed },
): SceneAnalysis[] {
  const base = baseLanguage(language);
  const themes = new Set(
    keywordsOf(scenes.map(({ narration }) => narration).join(' '), language, 8).map(lower),
  );
  const heard = new Set<string>();
  return scenes.map(({ id, kind, narration, points }, at) => {
    const words = wordsOf(narration, base);
    const telling = [...new Set(keywordsOf(narration, language, 60).map(lower))];
    const fresh = telling.filter((word) => !heard.has(word));
    telling.forEach((word) => heard.add(word));
    const ms = speechMs(narration, pace, language);
    const figures = narration.match(/\p{N}+/gu)?.length ?? 0;
    const sentences = sentencesOf(narration, language);
    const isFrame = at === 0 || at === scenes.length - 1;
    const onTheme = telling.filter((word) => themes.has(word)).length;
    const perMinute = ((telling.length + figures + points.length) * 60_000) / Math.max(1_000, ms);
    return {
      sceneId: id,
      words: words.length,
      sentences: sentences.length,
      speechMs: ms,
      importance: share(
        (isFrame ? 0.4 : 0.15) + 0.08 * onTheme + (/^(?:number|quote)$/.test(kind) ? 0.15 : 0),
      ),
      density: share(perMinute / DENSE_WORDS_PER_MINUTE),
      difficulty: difficultyOf(words, sentences.length),
      mood: moodOf(narration),
      novelty: telling.length === 0 ? 0 : fresh.length / telling.length,
    };
  });
}

/** Half the length of its sentences, half the share of its long words. */
export function difficultyOf(words: readonly string[], sentences: number): number {
  if (words.length === 0) return 0;
  const perSentence = words.length / Math.max(1, sentences);
  const long = words.filter((word) => word.length >= HARD_WORD_CHARACTERS).length;
  return share(perSentence / HARD_SENTENCE_WORDS / 2 + (long / words.length) * 2);
}

export function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function lower(word: string): string {
  return word.toLowerCase();
}
