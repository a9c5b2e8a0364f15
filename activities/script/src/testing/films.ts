import type { FilmAnswer, SceneAnswer } from '../llm/film-contract.js';
import type { Yardstick } from '../llm/film-faults.js';
import { lengthPlan } from '../llm/length-plan.js';
import { PACE } from './scripts.js';

/** A film of 45 seconds as a good model writes it. */
export function goodFilm(): FilmAnswer {
  return {
    title: 'How Bees Make Honey',
    hook: 'A jar of honey holds the work of twenty thousand flights, and not one of them was planned.',
    scenes: [
      scene(
        'From flower to hive',
        'A forager drinks nectar from up to a hundred flowers on one trip. She carries it home in a second stomach that is kept apart from her own food.',
      ),
      scene(
        'Passed from mouth to mouth',
        'In the hive the drop is handed on from bee to bee. With every turn enzymes split its sugar into simpler ones.',
      ),
      scene(
        'Dried by wings',
        'The thin syrup is spread over the comb and fanned with thousands of wings. When most of the water has gone, the cell is closed with wax.',
      ),
    ],
    closing:
      'So every spoonful is a summer that has been kept for the winter, and a little of it is shared with us.',
  };
}

export function scene(
  heading: string,
  narration: string,
  change: Partial<SceneAnswer> = {},
): SceneAnswer {
  return {
    kind: 'statement',
    narration,
    heading,
    points: [],
    visualPrompt: `A close view of ${heading.toLowerCase()} in the morning light.`,
    keywords: ['bee', 'honey'],
    ...change,
  };
}

export function yardstick({ seconds = 45, maxScenes = 5, language = 'en-US' } = {}): Yardstick {
  const plan = lengthPlan({ targetDurationMs: seconds * 1_000, maxScenes }, PACE, {
    language,
    style: 'documentary',
  });
  return { plan, pace: PACE, language };
}
