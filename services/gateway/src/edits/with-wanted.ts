import type { Chains } from '@aura/proto';
import type { EditableFilm } from './film.js';

/** Whether a provider of a stage could work today. */
export type IsUsable = (stage: string, provider: string) => boolean;

/**
 * A film whose scenes no longer stay with who has stood in for another: those who were wanted are asked first again, as
 * far as they are there today. A line without a scene is of every scene that the stand-in has made. Pure.
 */
export function withWanted(
  { order, chains }: EditableFilm,
  isMeant: (sceneId: string) => boolean,
  isUsable: IsUsable,
): EditableFilm {
  const { makers, replacements } = order.edited;
  const ofFilm = replacements.filter(({ sceneId }) => sceneId === '');
  const isReplaced = (one: { stage: string; sceneId: string; provider: string }) =>
    isMeant(one.sceneId) &&
    replacements.some(({ stage, sceneId, used }) => {
      return (
        stage === one.stage &&
        (sceneId === one.sceneId || (sceneId === '' && used === one.provider))
      );
    });
  const edited = {
    ...order.edited,
    makers: makers.filter((one) => !isReplaced(one)),
    replacements: replacements.filter(({ sceneId }) => !isMeant(sceneId)),
  };
  const wanted = (stage: keyof Chains) => {
    const asked = ofFilm.filter((line) => line.stage === stage && isUsable(stage, line.asked));
    return [...new Set([...asked.map((line) => line.asked), ...chains[stage]])];
  };
  return {
    order: { ...order, edited },
    chains: { ...chains, voice: wanted('voice'), visuals: wanted('visuals') },
  };
}
