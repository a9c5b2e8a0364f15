import type { Narration, Pace, Script } from '@aura/proto';

/** A film within a tenth of the length that was asked for is right. */
const TOLERANCE = 0.1;

/** The film is too long, or too short although there is more to say. */
export function isOffTarget(lengthMs: number, targetMs: number, script: Script): boolean {
  if (lengthMs > targetMs * (1 + TOLERANCE)) return true;
  return lengthMs < targetMs * (1 - TOLERANCE) && !script.materialExhausted;
}

/** The pace at which this script was really spoken, for writing it once more. */
export function paceAsSpoken(pace: Pace, script: Script, narrations: readonly Narration[]): Pace {
  const spokenMs = narrations.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const characters = script.scenes.reduce((sum, { narration }) => sum + narration.length, 0);
  const expectedMs = characters * pace.msPerCharacter;
  if (expectedMs <= 0) return pace;
  const factor = spokenMs / expectedMs;
  return { ...pace, msPerCharacter: pace.msPerCharacter * factor, msPerSentence: 0 };
}
