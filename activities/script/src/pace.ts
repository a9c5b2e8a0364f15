import {
  FINAL_TAIL_MS,
  SCENE_LEAD_MS,
  SCENE_TAIL_MS,
  spokenMs,
  type Pace,
  type Scene,
} from '@aura/proto';

/** The part of a measured pace that decides a script's length. */
export type Speed = Pick<Pace, 'msPerCharacter' | 'msPerSentence'>;

/** Silence that the film adds to every scene: before the first word and after the last. */
export const SCENE_SILENCE_MS = SCENE_LEAD_MS + SCENE_TAIL_MS;

/** What the last scene stands longer than the others. */
const FINAL_SILENCE_MS = FINAL_TAIL_MS - SCENE_TAIL_MS;

/** A pace as it enters unit keys and scripts: measured values that differ less than this sound the same. */
export function roundedPace({ msPerCharacter, msPerSentence }: Speed): Speed {
  return {
    msPerCharacter: Math.round(clamp(msPerCharacter, 5, 2_000) * 10) / 10,
    msPerSentence: Math.round(clamp(msPerSentence, 0, 5_000) / 10) * 10,
  };
}

/** How long a voice of this pace takes to say a text. */
export function speechMs(text: string, pace: Speed, language: string): number {
  return spokenMs(pace, text, language);
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
