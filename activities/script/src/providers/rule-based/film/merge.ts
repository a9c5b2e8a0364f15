import type { Beat } from './beat.js';

/**
 * The same beats in at most so many scenes: neighbours are joined, the lightest pairs first, so that the
 * opening and the closing stay scenes of their own as long as they can.
 */
export function mergeBeats(beats: readonly Beat[], maxScenes: number): Beat[] {
  const scenes = [...beats];
  while (scenes.length > Math.max(1, maxScenes)) {
    const pairs = scenes.slice(1).map((_beat, at) => at);
    const lightest =
      pairs.toSorted((a, b) => weightOf(scenes, a) - weightOf(scenes, b) || a - b)[0] ?? 0;
    const [first, second] = scenes.slice(lightest, lightest + 2);
    if (!first || !second) break;
    scenes.splice(lightest, 2, joined(first, second));
  }
  return scenes;
}

function weightOf(scenes: readonly Beat[], at: number): number {
  const isEdge = at === 0 || at === scenes.length - 2;
  const lines = [...(scenes[at]?.slots ?? []), ...(scenes[at + 1]?.slots ?? [])];
  const characters = lines.reduce((sum, { options }) => sum + (options[0]?.length ?? 0), 0);
  return characters + (isEdge && scenes.length > 3 ? 1e6 : 0);
}

function joined(first: Beat, second: Beat): Beat {
  const showsMore = first.kind !== 'title' && first.points.length === 0 && second.points.length > 0;
  const shown = showsMore ? second : first;
  return {
    kind: shown.kind,
    heading: shown.heading,
    points: shown.points,
    slots: [...first.slots, ...second.slots],
    keywords: [...new Set([...first.keywords, ...second.keywords])].slice(0, 8),
    sight: first.sight,
  };
}
