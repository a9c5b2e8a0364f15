import { silenceMs, speechMs } from '../pace.js';
import { sentencesOf } from '../text/sentences.js';
import type { SceneAnswer } from './film-contract.js';
import type { Yardstick } from './film-faults.js';
import { glue } from './repeated.js';

/** Longer than this the film would be written once more when it has been spoken; then it is shortened here. */
const MOST = 1.06;
/** What is left keeps this much of its length: a film is not mended by making it too short. */
const LEAST = 0.92;

interface Cut {
  scene: SceneAnswer;
  /** With how long each is spoken. */
  sentences: { text: string; ms: number }[];
  characters: number;
}

/**
 * Shortens a film that is too long: the last sentence of the longest scene goes, again and again, and no
 * scene loses its first; then whole scenes go from the middle. Pure; each text is measured once.
 */
export function fitLength(scenes: readonly SceneAnswer[], yardstick: Yardstick): SceneAnswer[] {
  const { plan, pace, language } = yardstick;
  const cuts = scenes.map((scene): Cut => {
    const sentences = sentencesOf(scene.narration, language).map((text) => ({
      text,
      ms: speechMs(text, pace, language) + glue(language).length * pace.msPerCharacter,
    }));
    return { scene, sentences, characters: scene.narration.length };
  });
  let speech = cuts.reduce((sum, { sentences }) => sum + totalMs(sentences), 0);
  const mostMs = () => plan.targetMs * MOST - silenceMs(cuts.length);
  const leastMs = () => plan.targetMs * LEAST - silenceMs(cuts.length);
  while (speech > mostMs()) {
    const dropped = dropSentence(cuts, speech - leastMs()) ?? dropScene(cuts, speech - leastMs());
    if (dropped === undefined) break;
    speech -= dropped;
  }
  return cuts.map(({ scene, sentences, characters }) =>
    characters === scene.narration.length
      ? scene
      : { ...scene, narration: sentences.map(({ text }) => text).join(glue(language)) },
  );
}

/** Gives the ms that went; undefined where no sentence can go without making the film too short. */
function dropSentence(cuts: readonly Cut[], spareMs: number): number | undefined {
  let longest: Cut | undefined;
  for (const cut of cuts) {
    const last = cut.sentences.length > 1 ? cut.sentences.at(-1) : undefined;
    if (!last || last.ms > spareMs) continue;
    if (!longest || cut.characters > longest.characters) longest = cut;
  }
  const last = longest?.sentences.pop();
  if (!longest || !last) return undefined;
  longest.characters -= last.text.length + 1;
  return last.ms;
}

function dropScene(cuts: Cut[], spareMs: number): number | undefined {
  const middle = Math.floor(cuts.length / 2);
  const ms = totalMs(cuts[middle]?.sentences ?? []);
  if (cuts.length <= 3 || ms > spareMs) return undefined;
  cuts.splice(middle, 1);
  return ms;
}

function totalMs(sentences: Cut['sentences']): number {
  return sentences.reduce((sum, { ms }) => sum + ms, 0);
}
