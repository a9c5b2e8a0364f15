import { headingOf } from '../text/heading.js';
import { sentencesOf } from '../text/sentences.js';
import { MAX_NARRATION, MAX_SENTENCE } from '../validate-script.js';
import type { SceneAnswer } from './film-contract.js';
import type { Yardstick } from './film-faults.js';
import { glue } from './repeated.js';

/** A scene this many times longer than planned is two thoughts under one picture. */
const MUCH_LONGER = 2.2;

/** Splits scenes that are much longer than planned, as far as the number of scenes allows. Pure. */
export function splitScenes(
  scenes: readonly SceneAnswer[],
  { plan, language }: Yardstick,
): SceneAnswer[] {
  const planned = plan.characters / plan.scenes;
  const most = Math.min(MAX_NARRATION, Math.max(120, planned * MUCH_LONGER));
  let spare = plan.maxScenes - scenes.length;
  return scenes.flatMap((scene) => {
    const sentences = spokenIn(scene.narration, language);
    const parts = Math.min(
      Math.ceil(scene.narration.length / most),
      sentences.length,
      Math.max(1, spare + 1),
    );
    if (parts <= 1) return [{ ...scene, narration: sentences.join(glue(language)) }];
    spare -= parts - 1;
    return inParts(sentences, parts).map((part, at) => {
      const narration = part.join(glue(language));
      if (at === 0) return { ...scene, narration };
      const heading = headingOf(part[0] ?? narration, language);
      return { ...scene, kind: 'statement', points: [], heading, narration };
    });
  });
}

/** Joins neighbours, the shortest pair first, until no more scenes are left than allowed. Pure. */
export function mergeScenes(
  scenes: readonly SceneAnswer[],
  maxScenes: number,
  language: string,
): SceneAnswer[] {
  const merged = [...scenes];
  while (merged.length > Math.max(1, maxScenes)) {
    const at = shortestPair(merged);
    const [first, second] = [merged[at], merged[at + 1]];
    if (!first || !second) break;
    const both = `${first.narration}${glue(language)}${second.narration}`;
    // Where the first ends without a full stop, its last sentence goes on in the second.
    const narration = spokenIn(both, language).join(glue(language));
    const lead = first.points.length === 0 && second.points.length > 0 ? second : first;
    merged.splice(at, 2, { ...lead, narration });
  }
  return merged;
}

function shortestPair(scenes: readonly SceneAnswer[]): number {
  let best = 0;
  let least = Infinity;
  for (let at = 0; at + 1 < scenes.length; at += 1) {
    const length = (scenes[at]?.narration.length ?? 0) + (scenes[at + 1]?.narration.length ?? 0);
    if (length >= least) continue;
    least = length;
    best = at;
  }
  return best;
}

/** Neighbours stay together; each part gets about its share of the characters. */
function inParts(sentences: readonly string[], parts: number): string[][] {
  const total = sentences.join('').length;
  const found: string[][] = [[]];
  let taken = 0;
  for (const [at, sentence] of sentences.entries()) {
    const left = sentences.length - at;
    const isFull = taken >= (total * found.length) / parts;
    if (found.length < parts && found.at(-1)?.length && (isFull || left <= parts - found.length))
      found.push([]);
    found.at(-1)?.push(sentence);
    taken += sentence.length;
  }
  return found;
}

/** Its sentences, each short enough to be spoken. */
function spokenIn(narration: string, language: string): string[] {
  return sentencesOf(narration, language).flatMap((sentence) => breaths(sentence, language));
}

/** A sentence that nobody can speak in one breath, cut where it may be: at its commas, else between words. */
function breaths(sentence: string, language: string): string[] {
  const pieces: string[] = [];
  let rest = sentence;
  while (rest.length > MAX_SENTENCE) {
    const window = rest.slice(0, MAX_SENTENCE - 1);
    const end = Math.max(
      ...[',', ';', '，', '、', '؛', '،', ':'].map((sign) => window.lastIndexOf(sign)),
    );
    const at = end > MAX_SENTENCE / 4 ? end : window.lastIndexOf(' ');
    const cut = at > MAX_SENTENCE / 4 ? at : window.length;
    pieces.push(`${rest.slice(0, cut).replace(/[\s,;:，、؛،]+$/u, '')}${fullStop(language)}`);
    // Before a small letter a full stop ends no sentence.
    rest = capital(rest.slice(cut).replace(/^[\s,;:，、؛،]+/u, ''));
  }
  return rest === '' ? pieces : [...pieces, rest];
}

function capital(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
}

function fullStop(language: string): string {
  if (/^(?:zh|yue|ja)\b/i.test(language)) return '。';
  return /^hi\b/i.test(language) ? '।' : '.';
}
