import { filled, promptNamed, promptText, type PromptOverrides } from '@aura/prompts';
import { asOrdered, type Fault } from './fault.js';
import type { SceneAnswer } from './film-contract.js';
import { FILM_SCHEMA, PICTURES_SCHEMA, TEXT_SCHEMA } from './film-contract.js';
import type { FilmOrder } from './film-order.js';
import type { Question } from './language-model.js';

/** Longer films get their pictures in a second call, so that a fault in one of them costs little. */
const SHORT_FILM_SCENES = 8;
/** More than the longest film takes in any language. */
export const MAX_OUTPUT_TOKENS = 32_000;
const MAX_LISTED_NARRATION = 400;
const MAX_EARLIER_ANSWER = 60_000;

const LOOK: Record<FilmOrder['style'], string> = {
  documentary: 'true-to-life photographs in natural light',
  tutorial: 'clear illustrations on plain grounds',
  listicle: 'bright illustrations with one motif each',
  news: 'sober press photographs',
  story: 'painted illustrations in warm light',
  promo: 'vivid, clean photographs',
};

export function isLong({ plan }: FilmOrder): boolean {
  return plan.scenes > SHORT_FILM_SCENES;
}

/** The question for the script; of long films without its pictures. Errors: InvalidInput:prompts. */
export function filmQuestion(order: FilmOrder, prompts: PromptOverrides | undefined): Question {
  const { plan, style } = order;
  // Hook and closing are about half as long as a scene.
  const perScene = (all: number) => Math.max(1, Math.round(all / (plan.contentScenes + 1)));
  const user = filled(promptText('script', prompts), {
    brief: order.brief,
    audience: order.audience || 'Anyone who is curious.',
    language: order.language,
    language_name: order.languageName,
    style,
    style_guide: promptNamed(`styles/${style}`).text,
    seconds: String(Math.round(plan.targetMs / 1_000)),
    length: plan.words === undefined ? `${plan.characters} characters` : `${plan.words} words`,
    scene_length:
      plan.words === undefined
        ? `${perScene(plan.characters)} characters`
        : `${perScene(plan.words)} words`,
    scenes: String(plan.contentScenes),
  });
  return {
    name: 'film',
    system: promptNamed('system').text,
    user: order.documents === '' ? user : `${user}\n\n${documentsPart(order)}`,
    schema: isLong(order) ? TEXT_SCHEMA : FILM_SCHEMA,
    maxOutputTokens: outputTokens(order),
  };
}

function documentsPart({ documents }: FilmOrder): string {
  return filled(promptNamed('documents').text, { documents });
}

/** The same question with what was wrong with its answer. */
export function askedAgain(question: Question, answer: string, faults: readonly Fault[]): Question {
  const lines = faults.map((fault) => `- ${asOrdered(fault)}`).join('\n');
  return {
    ...question,
    earlier: {
      answer: answer.slice(0, MAX_EARLIER_ANSWER),
      correction: filled(promptNamed('again').text, { faults: lines }),
    },
  };
}

/** The question for the pictures of scenes that are written. Errors: InvalidInput:prompts. */
export function picturesQuestion(
  { style }: FilmOrder,
  title: string,
  scenes: readonly SceneAnswer[],
  prompts: PromptOverrides | undefined,
): Question {
  return {
    name: 'pictures',
    system: promptNamed('system').text,
    user: filled(promptText('pictures', prompts), {
      title,
      scenes_list: listedScenes(scenes),
      count: String(scenes.length),
      style,
      look: LOOK[style],
    }),
    schema: PICTURES_SCHEMA,
    maxOutputTokens: Math.min(MAX_OUTPUT_TOKENS, 400 + scenes.length * 160),
  };
}

/** Numbered from 1, one line each. */
export function listedScenes(
  scenes: readonly Pick<SceneAnswer, 'heading' | 'narration'>[],
): string {
  return scenes
    .map(
      ({ heading, narration }, at) =>
        `${at + 1}. ${heading}: ${narration.slice(0, MAX_LISTED_NARRATION)}`,
    )
    .join('\n');
}

/** Twice what is expected: a third of a token for a character in Latin letters, one or more elsewhere. */
function outputTokens(order: FilmOrder): number {
  const { plan } = order;
  const perCharacter = /^(?:en|de|fr|es|pt|it|nl|pl|tr|sv|fi|da|no|nb)\b/i.test(order.language)
    ? 0.35
    : 1.2;
  const perScene = isLong(order) ? 80 : 200;
  const expected = plan.characters * perCharacter + plan.scenes * perScene;
  return Math.min(MAX_OUTPUT_TOKENS, Math.round(800 + 2 * expected));
}
