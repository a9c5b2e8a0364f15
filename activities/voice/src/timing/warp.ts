/** What a step along only one of the two sounds costs on top: speech is stretched, and seldom stands still. */
const STANDING_STILL = 0.6;

/**
 * For each reference frame the target frame that sounds like it, on the cheapest path on which both only go forward
 * (dynamic time warping; Sakoe and Chiba, 1978), from the first frames to the last.
 */
export function warp(
  reference: readonly Float64Array[],
  target: readonly Float64Array[],
): number[] {
  const columns = target.length;
  const costs = new Float64Array(reference.length * columns).fill(NEVER);
  const steps = new Uint8Array(reference.length * columns);
  for (const [row, frame] of reference.entries()) {
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      const diagonal = row > 0 && column > 0 ? (costs[at - columns - 1] ?? NEVER) : NEVER;
      const down = row > 0 ? (costs[at - columns] ?? NEVER) + STANDING_STILL : NEVER;
      const right = column > 0 ? (costs[at - 1] ?? NEVER) + STANDING_STILL : NEVER;
      const before = at === 0 ? 0 : smallest(diagonal, down, right);
      costs[at] = before + distance(frame, target[column]);
      steps[at] = before === diagonal ? DIAGONAL : before === down ? DOWN : RIGHT;
    }
  }
  const path: number[] = reference.map(() => 0);
  let row = reference.length - 1;
  let column = columns - 1;
  while (row > 0 || column > 0) {
    path[row] = column;
    const step = steps[row * columns + column];
    if (step !== RIGHT) row -= 1;
    if (step !== DOWN) column -= 1;
    if (row < 0 || column < 0) break;
  }
  return path;
}

const { min: smallest, sqrt: squareRoot } = Math;
const NEVER = Number.POSITIVE_INFINITY;
const DIAGONAL = 0;
const DOWN = 1;
const RIGHT = 2;

function distance(a: Float64Array, b: Float64Array | undefined): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) {
    const off = (a[index] ?? 0) - (b?.[index] ?? 0);
    sum += off * off;
  }
  return squareRoot(sum / a.length);
}
