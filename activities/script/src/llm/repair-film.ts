import type { Speed } from '../pace.js';
import { dataFigure, isDataKind } from '../figures/figure-of.js';
import { headingOf } from '../text/heading.js';
import { sentencesOf } from '../text/sentences.js';
import { bannedIn } from './banned.js';
import { fitLength } from './fit-length.js';
import type { FilmAnswer, SceneAnswer } from './film-contract.js';
import { spokenParts, type Yardstick } from './film-faults.js';
import { lengthShare, type LengthPlan } from './length-plan.js';
import { mergeScenes, splitScenes } from './merge-split.js';
import { isOtherLanguage } from './other-language.js';
import { glue, withoutRepeats } from './repeated.js';
import { speakable } from './speakable.js';

export type FilmScene = SceneAnswer;

export interface RepairedFilm {
  title: string;
  /** Hook first, closing last. */
  scenes: FilmScene[];
  /** Length as a share of the target. */
  share: number;
}

/** A film shorter than this share of what was asked for is no film of that length. */
const FLOOR = 0.5;
/** What is so much too long was not written for this film, or in a loop. */
const MOST_TOO_LONG = 4;
/** A hook of fewer characters flits by: it is said at the start of the first scene. */
const LEAST_FRAME = 24;

/**
 * Mends by rules what can be mended: takes out what cannot be spoken or shown, and what is said twice; joins and
 * splits scenes to fit their number; shortens what is too long. Undefined where that leaves no film: another
 * language, hardly any text. What comes out fits `validateScript`. Pure.
 */
export function repairFilm(film: FilmAnswer, yardstick: Yardstick): RepairedFilm | undefined {
  const { plan, pace, language } = yardstick;
  const clean = cleaned(film, language);
  if (clean.scenes.length === 0) return undefined;
  if (isOtherLanguage(spokenParts(clean).join(' '), language)) return undefined;
  const characters = spokenParts(clean).join('').length;
  if (characters > plan.characters * MOST_TOO_LONG) return undefined;
  const framed = withFrame(clean, language);
  const whole = mergeScenes(splitScenes(framed, yardstick), plan.maxScenes, language);
  const scenes = fitLength(whole, yardstick);
  const share = shareOf(scenes, plan, { pace, language });
  if (share < FLOOR) return undefined;
  return {
    title: clean.title || headingOf(scenes[0]?.narration ?? '', language),
    scenes,
    share,
  };
}

function shareOf(
  scenes: readonly FilmScene[],
  plan: LengthPlan,
  speech: { pace: Speed; language: string },
): number {
  return lengthShare(
    scenes.map(({ narration }) => narration),
    plan,
    speech,
  );
}

function cleaned(film: FilmAnswer, language: string): FilmAnswer {
  const parts = withoutRepeats(
    spokenParts(film).map((part) => decent(speakable(part), language)),
    language,
  );
  const scenes = film.scenes
    .map((scene, at) => cleanScene({ ...scene, narration: parts[at + 1] ?? '' }, language))
    .filter(({ narration }) => /[\p{L}\p{N}]/u.test(narration));
  return {
    title: shown(film.title).replace(/[.。]$/u, ''),
    hook: parts[0] ?? '',
    scenes,
    closing: parts.at(-1) ?? '',
  };
}

function cleanScene(scene: SceneAnswer, language: string): SceneAnswer {
  const points = scene.points.map(shown).filter((point) => /[\p{L}\p{N}]/u.test(point));
  const heading = shown(scene.heading) || headingOf(scene.narration, language);
  const { kind } = scene;
  if (isDataKind(kind) && dataFigure(kind, { heading, points }, language)) {
    return { ...scene, heading, points };
  }
  return { ...scene, heading, ...cardOf(kind, points) };
}

/** What the card of a scene can show: a list needs lines, a number its figure, a statement nothing. */
function cardOf(kind: string, points: string[]): Pick<SceneAnswer, 'kind' | 'points'> {
  if (kind === 'quote') return { kind, points: points.slice(0, 1) };
  if (kind === 'number' && /\p{N}/u.test(points[0] ?? ''))
    return { kind, points: points.slice(0, 2) };
  if (kind !== 'statement' && points.length > 1) return { kind: 'list', points };
  return { kind: 'statement', points: [] };
}

function shown(text: string): string {
  const plain = speakable(text);
  return bannedIn(plain).length === 0 ? plain : '';
}

/** Without the sentences that must not be said. */
function decent(text: string, language: string): string {
  if (bannedIn(text).length === 0) return text;
  return sentencesOf(text, language)
    .filter((sentence) => bannedIn(sentence).length === 0)
    .join(glue(language));
}

/** Hook and closing become the first and the last scene. */
function withFrame({ title, hook, scenes, closing }: FilmAnswer, language: string): FilmScene[] {
  const framed = scenes.map((scene) => ({ ...scene }));
  const [first, last] = [framed[0], framed.at(-1)];
  if (!first || !last) return framed;
  if (hook.length >= LEAST_FRAME) {
    const heading = title || headingOf(hook, language);
    framed.unshift({ ...BARE, kind: 'title', narration: hook, heading });
  } else if (hook !== '') first.narration = `${hook}${glue(language)}${first.narration}`;
  if (closing.length >= LEAST_FRAME) {
    framed.push({
      ...BARE,
      kind: 'closing',
      narration: closing,
      heading: title || headingOf(closing, language),
    });
  } else if (closing !== '') last.narration = `${last.narration}${glue(language)}${closing}`;
  return framed;
}

const BARE = { points: [] as string[], visualPrompt: '', keywords: [] as string[] };
