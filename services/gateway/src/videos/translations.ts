import type { MakeVideoInput, SceneTranslations } from '@aura/proto';
import { z } from 'zod';
import type { GenerateRequest } from './generate-request.js';
import { languageTag, text } from './text.js';

export const MOST_LANGUAGES = 8;

/** What a scene says in other languages, for captions that players can turn on. */
export const translations = z
  .array(
    z
      .strictObject({ language: languageTag(), text: text(2_500) }, 'must be an object')
      .meta({ id: 'GenerateTranslation' }),
    'must be a list',
  )
  .max(MOST_LANGUAGES, `must have at most ${MOST_LANGUAGES} entries`)
  .superRefine((all, context) => {
    for (const at of repeated(all)) {
      context.addIssue({ code: 'custom', path: [at, 'language'], message: 'must be there once' });
    }
  })
  .nullish()
  .describe('What is said, in other languages: a track of captions for each of them.');

/** The places of those whose language another one before has. */
export function repeated(all: readonly { language: string }[]): number[] {
  const languages = all.map(({ language }) => language);
  return [...all.keys()].filter((at) => languages.indexOf(languages[at] ?? '') < at);
}

/** By language, in the order of their first scene. Undefined where nothing is translated. */
export function translationsOf({
  script,
}: Pick<GenerateRequest, 'script'>): SceneTranslations | undefined {
  const scenes = script?.scenes ?? [];
  const all = scenes.flatMap((scene) => scene.translations ?? []);
  const languages = [...new Set(all.map(({ language }) => language))];
  if (languages.length === 0) return undefined;
  const textIn = (language: string) => (scene: (typeof scenes)[number]) =>
    (scene.translations ?? []).find((one) => one.language === language)?.text ?? '';
  return {
    tracks: languages.map((language) => ({ language, texts: scenes.map(textIn(language)) })),
  };
}

interface Problem {
  path: (string | number)[];
  message: string;
}

/** Captions in other languages that no film of the order could have. */
export function languageProblems(
  { script, timeline, options }: GenerateRequest,
  { brief }: Pick<MakeVideoInput, 'brief'>,
): Problem[] {
  const named = [
    ...(script?.scenes ?? []).flatMap(({ translations: all }, at) =>
      languagesIn(all, ['script', 'scenes', at, 'translations']),
    ),
    ...languagesIn(timeline?.captionTracks, ['timeline', 'captionTracks']),
  ];
  const own = named.filter(({ language }) => language === brief.language);
  const message = `must be another language than that of the film, ${brief.language}`;
  return [
    ...own.map(({ path }) => ({ path, message })),
    ...tooMany(named),
    ...(named.length > 0 && options?.style?.captions?.mode === 'none' ? [WITHOUT_CAPTIONS] : []),
  ];
}

const WITHOUT_CAPTIONS: Problem = {
  path: ['options', 'style', 'captions', 'mode'],
  message: 'must not be none beside captions in other languages; soft draws none of them',
};

function tooMany(named: readonly { language: string; path: Problem['path'] }[]): Problem[] {
  const languages = [...new Set(named.map(({ language }) => language))];
  const first = named.find(({ language }) => language === languages[MOST_LANGUAGES]);
  const message = `must be one of at most ${MOST_LANGUAGES} languages in all`;
  return first ? [{ path: first.path, message }] : [];
}

function languagesIn(
  all: readonly { language: string }[] | null | undefined,
  path: Problem['path'],
) {
  return (all ?? []).map(({ language }, at) => ({ language, path: [...path, at, 'language'] }));
}
