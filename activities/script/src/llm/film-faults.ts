import type { Speed } from '../pace.js';
import { dataFigure, isDataKind } from '../figures/figure-of.js';
import { contradictsScript } from '../text/language.js';
import { sentencesOf } from '../text/sentences.js';
import { MAX_SENTENCE } from '../validate-script.js';
import { bannedIn } from './banned.js';
import { faulty, type Fault } from './fault.js';
import type { FilmAnswer, SceneAnswer } from './film-contract.js';
import { lengthShare, type LengthPlan } from './length-plan.js';
import { isOtherLanguage } from './other-language.js';
import { repeatedSentences } from './repeated.js';
import { unspeakableIn } from './speakable.js';

/** What a film is judged by. */
export interface Yardstick {
  plan: LengthPlan;
  pace: Speed;
  /** BCP 47. */
  language: string;
}

/** Further off than this share of the target, the model is told. Repair brings long films nearer. */
export const TOO_SHORT = 0.85;
export const TOO_LONG = 1.15;
/** A model may join or split a thought. */
const SCENE_TOLERANCE = 0.25;
/** A language is told from few sentences, and not from a heading. */
const LANGUAGE_CHARACTERS = 60;

/** What is wrong with the content of a film; empty where nothing is. Pure. */
export function filmFaults(film: FilmAnswer, yardstick: Yardstick): Fault[] {
  return [
    ...countFaults(film, yardstick),
    ...lengthFaults(film, yardstick),
    ...frameFaults(film),
    ...languageFaults(film, yardstick),
    ...film.scenes.flatMap((scene, at) => sceneFaults(scene, at, yardstick)),
    ...bannedFaults(film),
    ...repeatedSentences(spokenParts(film), yardstick.language).map(({ at, before }) =>
      faulty(`${placeOf(film, at)} repeats a sentence of ${placeOf(film, before)}`),
    ),
  ];
}

/** Everything that is spoken, in order. */
export function spokenParts({ hook, scenes, closing }: FilmAnswer): string[] {
  return [hook, ...scenes.map(({ narration }) => narration), closing];
}

function countFaults({ scenes }: FilmAnswer, { plan }: Yardstick): Fault[] {
  const wanted = plan.contentScenes;
  const slack = Math.max(1, Math.round(wanted * SCENE_TOLERANCE));
  if (scenes.length > 0 && Math.abs(scenes.length - wanted) <= slack) return [];
  const what = `there are ${scenes.length} scenes between hook and closing, not ${wanted}`;
  return [faulty(what, `write exactly ${wanted}`)];
}

function lengthFaults(film: FilmAnswer, { plan, pace, language }: Yardstick): Fault[] {
  const share = lengthShare(spokenParts(film), plan, { pace, language });
  if (share >= TOO_SHORT && share <= TOO_LONG) return [];
  const percent = Math.round(share * 100);
  const wanted = plan.words === undefined ? `${plan.characters} characters` : `${plan.words} words`;
  return [
    faulty(
      `the film would last ${percent} % of the length that was asked for`,
      `${share < 1 ? 'say more' : 'say less'}, about ${wanted} in all`,
    ),
  ];
}

function frameFaults({ title, hook, closing }: FilmAnswer): Fault[] {
  const parts: [name: string, text: string][] = [
    ['title', title],
    ['hook', hook],
    ['closing', closing],
  ];
  return parts.flatMap(([name, text]) => {
    if (!/[\p{L}\p{N}]/u.test(text)) return [faulty(`the ${name} is empty`)];
    return textFaults(text, `the ${name}`);
  });
}

function languageFaults(film: FilmAnswer, { language }: Yardstick): Fault[] {
  if (isOtherLanguage(spokenParts(film).join(' '), language))
    return [
      faulty(`the film is not written in ${language}`, `write every word of it in ${language}`),
    ];
  return film.scenes.flatMap(({ narration }, at) =>
    narration.length >= LANGUAGE_CHARACTERS && contradictsScript(narration, language)
      ? [faulty(`scene ${at + 1} is not written in ${language}`)]
      : [],
  );
}

function sceneFaults(
  { kind, narration, heading, points }: SceneAnswer,
  at: number,
  { language }: Yardstick,
): Fault[] {
  const place = `scene ${at + 1}`;
  if (!/[\p{L}\p{N}]/u.test(narration)) return [faulty(`${place} has no narration`)];
  const isEndless = sentencesOf(narration, language).some(({ length }) => length > MAX_SENTENCE);
  return [
    ...textFaults(narration, place),
    ...(isEndless ? [faulty(`${place} has a sentence that nobody can speak in one breath`)] : []),
    ...(/[\p{L}\p{N}]/u.test(heading) ? [] : [faulty(`${place} has no heading`)]),
    ...(kind === 'list' && points.length === 0
      ? [faulty(`${place} is a list without points`)]
      : []),
    ...(isDataKind(kind) && !dataFigure(kind, { heading, points }, language)
      ? [
          faulty(
            `${place} has no points that can be drawn as ${kind}`,
            'write "name: value", one unit',
          ),
        ]
      : []),
    ...(kind === 'number' && points.length === 0
      ? [faulty(`${place} is a number without its figure`)]
      : []),
  ];
}

function textFaults(text: string, place: string): Fault[] {
  const found = unspeakableIn(text);
  return found.length === 0
    ? []
    : [faulty(`${place} has ${found.join(' and ')}`, 'write only the words that are spoken')];
}

function bannedFaults(film: FilmAnswer): Fault[] {
  const cards = film.scenes.flatMap(({ heading, points }) => [heading, ...points]);
  const found = [film.title, ...spokenParts(film), ...cards].flatMap(bannedIn);
  return [...new Set(found)].map((what) => faulty(`the film has ${what}`, 'leave that out'));
}

/** Numbered as the model numbers them: hook, scenes, closing. */
function placeOf({ scenes }: FilmAnswer, part: number): string {
  if (part === 0) return 'the hook';
  return part > scenes.length ? 'the closing' : `scene ${part}`;
}
