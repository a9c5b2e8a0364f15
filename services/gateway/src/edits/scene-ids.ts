/** The highest number that these ids of scenes have; 0 where there is none. Pure. */
export function lastNumber(ids: readonly string[]): number {
  return Math.max(0, ...ids.map((id) => Number(id.slice(1)) || 0));
}

/** The id of a scene with a number, from 1: `s01`. Pure. */
export function sceneId(number: number): string {
  return `s${String(number).padStart(2, '0')}`;
}
