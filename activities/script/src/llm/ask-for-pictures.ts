import type { Warning } from '@aura/proto';
import { progress } from '@aura/work';
import { type Ask, canDoWithout } from './ask-for-film.js';
import type { PictureAnswer, SceneAnswer } from './film-contract.js';
import { warning, type FilmOrder } from './film-order.js';
import { picturesQuestion } from './film-questions.js';
import type { PromptOverrides } from '@aura/prompts';
import { readAnswer } from './read-answer.js';
import type { RepairedFilm } from './repair-film.js';

/**
 * Asks how the scenes of a long film are pictured. Scenes that get no answer keep none and are pictured by rules:
 * a script that is written and paid for is not given up for its pictures. Errors: InvalidInput:prompts; those of
 * `ask` while they are worth trying again.
 */
export async function askForPictures(
  order: FilmOrder,
  film: RepairedFilm,
  ask: Ask,
  { prompts, isLastAttempt }: { prompts?: PromptOverrides | undefined; isLastAttempt: boolean },
): Promise<{ scenes: SceneAnswer[]; warnings: Warning[] }> {
  const question = picturesQuestion(order, film.title, film.scenes, prompts);
  progress(75, 'asking for the pictures');
  try {
    const answer = await ask(question);
    const read = readAnswer(answer.text, question.schema, answer);
    const pictures = read.ok ? (read.value as { pictures: PictureAnswer[] }).pictures : [];
    const scenes = pictured(film.scenes, pictures);
    const bare = scenes.filter(({ visualPrompt }) => visualPrompt.trim() === '').length;
    return { scenes, warnings: bare === 0 ? [] : [byRules(bare)] };
  } catch (error) {
    if (!canDoWithout(error, isLastAttempt)) throw error;
    return { scenes: [...film.scenes], warnings: [byRules(film.scenes.length)] };
  }
}

/**
 * Numbers that no scene has are left out; of two answers for one scene the first counts. A model that numbers
 * otherwise than it was told, and gives as many pictures as there are scenes, means them in order. Pure.
 */
function pictured(
  scenes: readonly SceneAnswer[],
  pictures: readonly PictureAnswer[],
): SceneAnswer[] {
  const byScene = new Map<number, PictureAnswer>();
  for (const picture of pictures)
    if (!byScene.has(picture.number)) byScene.set(picture.number, picture);
  const isNumbered = scenes.every((_scene, at) => byScene.has(at + 1));
  const isInOrder = !isNumbered && pictures.length === scenes.length;
  return scenes.map((scene, at) => {
    const picture = isInOrder ? pictures[at] : byScene.get(at + 1);
    const { visualPrompt = '', keywords = [] } = picture ?? {};
    return { ...scene, visualPrompt, keywords };
  });
}

function byRules(scenes: number): Warning {
  return warning(
    'PicturesByRules',
    `The language model described no pictures for ${scenes} ${scenes === 1 ? 'scene' : 'scenes'}; they are described by rules.`,
  );
}
