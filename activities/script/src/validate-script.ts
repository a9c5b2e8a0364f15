import { Failure } from '@aura/failure';
import { FILM_BOUNDS, type Scene } from '@aura/proto';
import type { WrittenScript } from './script-provider.js';
import { lengthOf } from './text/graphemes.js';
import { sentencesOf } from './text/sentences.js';

export const MAX_TITLE = 120;
export const MAX_SCENE_HEADING = 60;
export const MAX_POINTS = 6;
export const MAX_POINT = 80;
/** Of one scene; where few scenes are allowed, each may hold its share of the whole and half as much again. */
export const MAX_NARRATION = 2_500;
export const MAX_SENTENCE = 700;
/** A script travels through the workflow's history, where nothing may be larger than 2 MB. Holds the largest script of a user's own that is accepted. */
export const MAX_SCRIPT_BYTES = 1024 * 1024;

const KINDS = new Set(['title', 'statement', 'list', 'number', 'quote', 'closing']);

export interface ValidationOptions {
  maxScenes?: number;
  /** The user's own text may say a thing twice. */
  mayRepeat?: boolean;
}

/** What is wrong with a script, one line each; empty where nothing is. Pure. */
export function scriptProblems(
  script: WrittenScript,
  { maxScenes = FILM_BOUNDS.maxScenes, mayRepeat = false }: ValidationOptions = {},
): string[] {
  const { scenes, title, language } = script;
  if (scenes.length === 0) return ['the script has no scenes'];
  const characters = scenes.reduce((sum, { narration }) => sum + narration.length, 0);
  const maxNarration = Math.max(MAX_NARRATION, (1.5 * characters) / maxScenes);
  return [
    ...(title.trim() === '' || title.length > MAX_TITLE
      ? [`the title has ${title.length} characters`]
      : []),
    ...(scenes.length > maxScenes
      ? [`${scenes.length} scenes, at most ${maxScenes} are allowed`]
      : []),
    ...(new Set(scenes.map(({ id }) => id)).size < scenes.length ? ['two scenes share an id'] : []),
    ...scenes.flatMap((scene, at) =>
      sceneProblems(scene, at, { language, maxNarration }).map(
        (problem) => `scene ${at + 1}: ${problem}`,
      ),
    ),
    ...(mayRepeat ? [] : repeats(scenes, language)),
    ...(Buffer.byteLength(JSON.stringify(script)) > MAX_SCRIPT_BYTES
      ? ['the script is too large to travel']
      : []),
  ];
}

/** The script, if nothing is wrong with it. Errors: ScriptInvalid. */
export function validateScript<T extends WrittenScript>(
  script: T,
  options: ValidationOptions = {},
): T {
  const problems = scriptProblems(script, options);
  if (problems.length === 0) return script;
  throw new Failure('ScriptInvalid', `The script was refused: ${problems[0]}.`, {
    details: problems.slice(0, 20).join('\n'),
  });
}

function sceneProblems(
  scene: Scene,
  at: number,
  { language, maxNarration }: { language: string; maxNarration: number },
): string[] {
  const { id, index, kind, narration, heading, points } = scene;
  const longest = Math.max(
    0,
    ...sentencesOf(narration, language).map((sentence) => sentence.length),
  );
  const checks: [isWrong: boolean, problem: string][] = [
    [!/^[a-z][\w-]{0,31}$/.test(id), `"${id}" is no id`],
    [index !== at, `its index is ${index}`],
    [!KINDS.has(kind), `"${kind}" is no kind of scene`],
    [!/[\p{L}\p{N}]/u.test(narration), 'it has no narration'],
    [narration.length > maxNarration, `its narration has ${narration.length} characters`],
    [longest > MAX_SENTENCE, `a sentence has ${longest} characters`],
    [
      hasUnspeakable(narration) || hasUnspeakable(heading),
      'it holds characters that cannot be spoken or drawn',
    ],
    [
      heading.trim() === '' || lengthOf(heading) > MAX_SCENE_HEADING,
      `its heading has ${lengthOf(heading)} characters`,
    ],
    [points.length > MAX_POINTS, `it has ${points.length} points`],
    [
      points.some((point) => point.trim() === '' || lengthOf(point) > MAX_POINT),
      'a point is empty or too long',
    ],
    [kind === 'list' && points.length === 0, 'a list without points'],
    [kind === 'number' && points.length === 0, 'a number card without a figure'],
  ];
  return checks.flatMap(([isWrong, problem]) => (isWrong ? [problem] : []));
}

/** Control characters and lone surrogates. */
function hasUnspeakable(text: string): boolean {
  return /[\p{Cc}\p{Cs}]/u.test(text);
}

function repeats(scenes: readonly Scene[], language: string): string[] {
  const seen = new Map<string, number>();
  for (const [at, { narration }] of scenes.entries()) {
    for (const sentence of sentencesOf(narration, language)) {
      const key = sentence
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
      const before = seen.get(key);
      if (before !== undefined)
        return [`scene ${at + 1} repeats a sentence of scene ${before + 1}`];
      seen.set(key, at);
    }
  }
  return [];
}
