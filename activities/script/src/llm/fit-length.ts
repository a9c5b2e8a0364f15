import { speechMs } from '../pace.js';
import { sentencesOf } from '../text/sentences.js';
import type { SceneAnswer } from './film-contract.js';
import type { Yardstick } from './film-faults.js';
import { lengthShare } from './length-plan.js';
import { glue } from './repeated.js';

/** Longer than this the film would be written once more when it has been spoken; then it is shortened here. */
const MOST = 1.06;
/** What is left keeps this much of its length: a film is not mended by making it too short. */
const LEAST = 0.92;

/**
 * Shortens a film that is too long: the last sentence of the longest scene goes, again and again, and no
 * scene loses its first; then whole scenes go from the middle. Pure.
 */
export function fitLength(scenes: readonly SceneAnswer[], yardstick: Yardstick): SceneAnswer[] {
  const fitted = scenes.map((scene) => ({ ...scene }));
  const share = () =>
    lengthShare(
      fitted.map(({ narration }) => narration),
      yardstick.plan,
      yardstick,
    );
  let goesOn = true;
  while (goesOn && share() > MOST) {
    goesOn = dropSentence(fitted, share(), yardstick) || dropScene(fitted, share(), yardstick);
  }
  return fitted;
}

function dropSentence(scenes: SceneAnswer[], share: number, yardstick: Yardstick): boolean {
  const { language } = yardstick;
  const candidates = scenes
    .map((scene) => ({ scene, sentences: sentencesOf(scene.narration, language) }))
    .filter(({ sentences }) => sentences.length > 1)
    .toSorted((a, b) => b.scene.narration.length - a.scene.narration.length);
  for (const { scene, sentences } of candidates) {
    if (share - shareOf(sentences.at(-1) ?? '', yardstick) < LEAST) continue;
    scene.narration = sentences.slice(0, -1).join(glue(language));
    return true;
  }
  return false;
}

function dropScene(scenes: SceneAnswer[], share: number, yardstick: Yardstick): boolean {
  const middle = Math.floor(scenes.length / 2);
  const scene = scenes[middle];
  if (scenes.length <= 3 || !scene || share - shareOf(scene.narration, yardstick) < LEAST)
    return false;
  scenes.splice(middle, 1);
  return true;
}

function shareOf(text: string, { plan, pace, language }: Yardstick): number {
  return speechMs(text, pace, language) / plan.targetMs;
}
