import {
  FIGURES,
  OWN_MEDIA,
  type Chains,
  type EditedFilm,
  type Look,
  type MakeVideoInput,
  type Replacement,
  type Scene,
  type Script,
} from '@aura/proto';

/** They are asked where the scene itself wants it, and nowhere else. */
const WANTED_BY_SCENE: readonly string[] = [OWN_MEDIA, FIGURES];

/**
 * Whoever has made what is kept of an edited film comes first: they have it still, and nobody is asked anew. So does who
 * could make nothing new just now (`areAwayAsked`); where what they have made is gone as well, the next one answers, and
 * that is told as a replacement.
 */
export function keepersFirst(
  chain: readonly string[],
  edited: EditedFilm | undefined,
  place: { stage: keyof Chains; sceneId: string; areAwayAsked?: () => boolean },
): { chain: readonly string[]; kept?: Replacement } {
  const isHere = (one: { stage: string; sceneId: string }) =>
    one.stage === place.stage && one.sceneId === place.sceneId;
  const keeper = edited?.makers.find(isHere)?.provider;
  if (!edited || keeper === undefined) return { chain };
  if (!chain.includes(keeper)) {
    const isAsked = !WANTED_BY_SCENE.includes(keeper) && place.areAwayAsked?.() === true;
    if (!isAsked) return { chain };
  }
  const kept = edited.replacements.find((line) => isHere(line) && line.used === keeper);
  const others = chain.filter((name) => name !== keeper);
  return { chain: [keeper, ...others], ...(kept ? { kept } : {}) };
}

/** Which take of whom is kept of a scene's picture; undefined where none is, or nobody has said which. */
export function keptTake(
  { edited }: Pick<MakeVideoInput, 'edited'>,
  { id }: Pick<Scene, 'id'>,
): { provider: string; take: number } | undefined {
  const maker = edited?.makers.find(({ stage, sceneId }) => stage === 'visuals' && sceneId === id);
  return maker?.take === undefined ? undefined : { provider: maker.provider, take: maker.take };
}

/**
 * How a scene of an edited film is pictured. What is drawn shows where in the film it stands; what is painted or found
 * stays as it is wherever the scene stands by now. Titles change no look.
 */
export function pictured(
  { edited }: Pick<MakeVideoInput, 'edited'>,
  { scene, script }: { scene: Scene; script: Script },
  isDrawn: boolean,
): { scene: Scene; look: Look } {
  const { title, style, language } = script;
  const sceneCount = script.scenes.length;
  if (!edited) return { scene, look: { title, style, language, sceneCount } };
  const { look, seats } = edited;
  if (isDrawn) return { scene, look: { ...look, sceneCount } };
  return { scene: { ...scene, index: seats[scene.id] ?? scene.index }, look };
}
