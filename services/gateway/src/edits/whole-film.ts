import { FILM_BOUNDS, type Scene } from '@aura/proto';
import { likelySpeechMs } from '@aura/provider';
import { invalidInput } from '../problem/invalid-input.js';

/**
 * Bounds of a film whose scenes its user has changed; one that was longer before may stay as long. `path` is what is told
 * of it. Errors: InvalidInput.
 */
export function requireWhole(
  scenes: readonly Scene[],
  before: readonly Scene[],
  path: (string | number)[],
): void {
  const unfit = (message: string) => invalidInput([{ path, message }]);
  if (scenes.length === 0) throw unfit('must leave at least one scene');
  if (scenes.length > FILM_BOUNDS.maxScenes) {
    throw unfit(`must leave at most ${FILM_BOUNDS.maxScenes} scenes`);
  }
  const mostMs = Math.max(FILM_BOUNDS.maxDurationMs, spokenMs(before));
  if (spokenMs(scenes) > mostMs) {
    throw unfit(`must leave a film of at most ${FILM_BOUNDS.maxDurationMs / 60_000} minutes`);
  }
}

/** What a scene that shows points has none of, in words; undefined where all is there. Pure. */
export function pointsProblem({ kind, points }: Pick<Scene, 'kind' | 'points'>) {
  if ((kind !== 'list' && kind !== 'number') || points.length > 0) return undefined;
  return `must not be empty for a scene of kind ${kind}`;
}

function spokenMs(scenes: readonly Scene[]): number {
  return scenes.reduce((sum, { narration }) => sum + likelySpeechMs(narration), 0);
}
