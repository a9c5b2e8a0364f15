import type { Replacement } from '../gen/aura/v1/video.js';

/**
 * What a line of the downgrade report is about: two lines with the same key are the same unit's, and the newer
 * holds. What was known before any work is told apart by who was wanted. Pure.
 */
export function replacementKey({ stage, sceneId, unit, asked }: Replacement): string {
  return JSON.stringify([stage, sceneId, unit, unit === '' ? asked : '']);
}
