/** Choices that a seed fixes: the same seed makes the same ones on every machine. */
export interface Random {
  /** From 0, below `count`. */
  below(count: number): number;
  oneOf<T>(items: readonly T[]): T;
  /** True in so many of a hundred cases. */
  percent(chance: number): boolean;
}

/** A linear congruential generator with the constants of Numerical Recipes; the upper bits are used. */
export function randomOf(seed: number): Random {
  let state = (seed ^ 0x5deece66) >>> 0;
  const below = (count: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  below(2);
  return {
    below,
    oneOf: (items) => items[below(items.length)]!,
    percent: (chance) => below(100) < chance,
  };
}
