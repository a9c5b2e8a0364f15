import type { Scene } from '@aura/proto';
import type { StyleName } from '../styles.js';
import { keywordsOf } from '../text/keywords.js';

/** Whether a film begins, goes on and ends as its style wants it. */
export interface NarrativeArc {
  isSound: boolean;
  /** What the scenes are for, in order. */
  structure: ArcPart[];
  /** What is missing or out of place, in words; empty where nothing is. */
  problems: string[];
}

export type ArcPart = 'opening' | 'development' | 'high point' | 'closing';

/** Scenes that share no telling word with any other are a list of unrelated thoughts. */
const MOST_BREAKS = 0.8;
/** A scene of this share of the film buries all others. */
const MOST_OF_FILM = 0.5;

/** Styles that are lists on purpose: their items need nothing in common. */
const LOOSE: ReadonlySet<StyleName> = new Set(['listicle', 'news']);

/**
 * Looks at the shape of a film: does it open before it goes into detail, hold together, give no scene too much room,
 * and close rather than stop. Pure; by position, length and shared words, so in any language.
 */
export function narrativeArc(
  scenes: readonly Pick<Scene, 'kind' | 'narration'>[],
  { style, language }: { style: StyleName; language: string },
): NarrativeArc {
  const total = scenes.reduce((sum, { narration }) => sum + narration.length, 0);
  const longest = Math.max(0, ...scenes.map(({ narration }) => narration.length));
  const last = scenes.at(-1);
  const breaks = breaksBetween(scenes, language);
  const checks: [isWrong: boolean, problem: string][] = [
    [scenes.length < 3, 'it has no room for an opening, a middle and an end'],
    [
      scenes.length >= 3 && /\p{N}[\p{N}.,]*\s*%|^\W*\p{N}/u.test(scenes[0]?.narration ?? ''),
      'it begins with figures before it says what it is about',
    ],
    [
      scenes.length > 3 && longest > total * MOST_OF_FILM,
      'one scene takes more than half of the film',
    ],
    [
      scenes.length > 4 && !LOOSE.has(style) && breaks > MOST_BREAKS,
      'its scenes have hardly a word in common',
    ],
    [
      scenes.length >= 3 && last !== undefined && isOpenEnd(last.narration),
      'it stops in the middle of a thought',
    ],
    [
      scenes.length >= 3 &&
        last !== undefined &&
        last.narration.length > (total / scenes.length) * 2.5,
      'its closing is longer than what it closes',
    ],
  ];
  const problems = checks.flatMap(([isWrong, problem]) => (isWrong ? [problem] : []));
  return { isSound: problems.length === 0, structure: structureOf(scenes), problems };
}

/** The longest or most figured scene in the second half is where the film is heading. */
function structureOf(scenes: readonly Pick<Scene, 'kind' | 'narration'>[]): ArcPart[] {
  const from = Math.floor(scenes.length / 2);
  const weights = scenes.map(({ kind, narration }, at) =>
    at < from || at === scenes.length - 1
      ? 0
      : narration.length * (/^(?:number|quote)$/.test(kind) ? 1.5 : 1),
  );
  const high = weights.indexOf(Math.max(...weights));
  return scenes.map((_scene, at) => {
    if (at === 0) return 'opening';
    if (at === scenes.length - 1) return 'closing';
    return at === high ? 'high point' : 'development';
  });
}

/** Share of scenes without a telling word in common with any other scene. */
function breaksBetween(scenes: readonly Pick<Scene, 'narration'>[], language: string): number {
  const words = scenes.map(
    ({ narration }) => new Set(keywordsOf(narration, language, 40).map((word) => stem(word))),
  );
  const uses = new Map<string, number>();
  for (const word of words.flatMap((own) => [...own])) uses.set(word, (uses.get(word) ?? 0) + 1);
  const alone = words.filter((own) => ![...own].some((word) => (uses.get(word) ?? 0) > 1));
  return alone.length / Math.max(1, scenes.length);
}

function stem(word: string): string {
  return word.toLowerCase().slice(0, 6);
}

/** It ends on a question, a colon or three dots. */
function isOpenEnd(narration: string): boolean {
  return /(?:[:;,،、，：]|\.\.\.|…)["'”’»]?\s*$/u.test(narration);
}
