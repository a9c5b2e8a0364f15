import type { Scene, SceneTranslations } from '@aura/proto';

/** What scenes say in other languages: by the id of the scene, then by language. */
export type TextsOf = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** By scene, so that scenes may move. Pure. */
export function textsOf(
  scenes: readonly Scene[],
  translations: SceneTranslations | undefined,
): TextsOf {
  const entries = scenes.flatMap(({ id }, at) => {
    const texts = (translations?.tracks ?? []).flatMap(({ language, texts: all }) =>
      all[at] ? [[language, all[at]] as const] : [],
    );
    return texts.length > 0 ? [[id, new Map(texts)] as const] : [];
  });
  return new Map(entries);
}

/** The tracks of a film of these scenes; undefined where there are none. Pure. */
export function tracksOf(scenes: readonly Scene[], texts: TextsOf): SceneTranslations | undefined {
  const languages = new Set(scenes.flatMap(({ id }) => [...(texts.get(id)?.keys() ?? [])]));
  if (languages.size === 0) return undefined;
  const tracks = [...languages].map((language) => ({
    language,
    texts: scenes.map(({ id }) => texts.get(id)?.get(language) ?? ''),
  }));
  return { tracks };
}
