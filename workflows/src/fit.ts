import { spokenMs, type Narration, type Pace, type Script, type Warning } from '@aura/proto';

/** A film within a tenth of the length that was asked for is right. */
const TOLERANCE = 0.1;

/** The film is too long, or too short although there is more to say. */
export function isOffTarget(lengthMs: number, targetMs: number, script: Script): boolean {
  if (lengthMs > targetMs * (1 + TOLERANCE)) return true;
  return lengthMs < targetMs * (1 - TOLERANCE) && !script.materialExhausted;
}

/** The pace at which this script was really spoken, for writing it once more. */
export function paceAsSpoken(pace: Pace, script: Script, narrations: readonly Narration[]): Pace {
  const wasMs = narrations.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const expectedMs = script.scenes.reduce(
    (sum, { narration }) => sum + spokenMs(pace, narration, script.language),
    0,
  );
  if (expectedMs <= 0) return pace;
  const factor = wasMs / expectedMs;
  return {
    ...pace,
    msPerCharacter: pace.msPerCharacter * factor,
    msPerSentence: pace.msPerSentence * factor,
  };
}

/** Below this share a miss was not told once; histories of then have no place for it. */
const SLIGHT = 0.15;

/** What the user should know of a film that has not got the length that was asked for, even though it was tried twice. */
export function lengthWarnings(
  lengthMs: number,
  targetMs: number,
  script: Script,
  isSlightTold: () => boolean,
): Warning[] {
  const share = Math.abs(lengthMs - targetMs) / targetMs;
  if (share <= TOLERANCE || (script.materialExhausted && lengthMs < targetMs)) return [];
  if (share <= SLIGHT && !isSlightTold()) return [];
  const message = `The film is ${seconds(lengthMs)} long; ${seconds(targetMs)} were asked for.`;
  return [{ code: 'LengthMissed', message, stage: 'voice', sceneId: '' }];
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}
