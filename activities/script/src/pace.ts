import type { Pace, Scene } from '@aura/proto';
import { sentencesOf } from './text/sentences.js';

/** The part of a measured pace that decides a script's length. */
export type Speed = Pick<Pace, 'msPerCharacter' | 'msPerSentence'>;

/** Silence that the film adds to every scene: before the first word and after the last. */
export const SCENE_SILENCE_MS = 900;

/** What the last scene stands longer than the others. */
export const FINAL_SILENCE_MS = 550;

/** A pace as it enters unit keys and scripts: measured values that differ less than this sound the same. */
export function roundedPace({ msPerCharacter, msPerSentence }: Speed): Speed {
  return {
    msPerCharacter: Math.round(clamp(msPerCharacter, 5, 2_000) * 10) / 10,
    msPerSentence: Math.round(clamp(msPerSentence, 0, 5_000) / 10) * 10,
  };
}

/** How long a voice of this pace takes to say a text. Sentences count as the narrator pauses between them. */
export function speechMs(text: string, pace: Speed, language: string): number {
  return spokenMs(text.length, sentencesOf(text, language).length, pace);
}

export function spokenMs(characters: number, sentences: number, pace: Speed): number {
  return characters * pace.msPerCharacter + sentences * pace.msPerSentence;
}

/** Length of the film that these scenes will make, silence included. */
export function filmMs(
  scenes: readonly Pick<Scene, 'narration'>[],
  pace: Speed,
  language: string,
): number {
  const speech = scenes.reduce(
    (sum, { narration }) => sum + speechMs(narration, pace, language),
    0,
  );
  return speech + silenceMs(scenes.length);
}

export function silenceMs(scenes: number): number {
  return scenes === 0 ? 0 : scenes * SCENE_SILENCE_MS + FINAL_SILENCE_MS;
}

function clamp(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : least;
}
