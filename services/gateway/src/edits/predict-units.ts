import type { EditableFilm, KindOf } from './film.js';
import { unitValues, type UnitValue } from './unit-values.js';

export type PredictedUnit = Omit<UnitValue, 'value'>;

/**
 * Which units of work will run for a film: those that were not done for any of the films before. Equal work is done
 * once. Pure.
 */
export function predictUnits(
  before: readonly EditableFilm[],
  after: EditableFilm,
  kindOf: KindOf,
): PredictedUnit[] {
  const done = new Set(
    before.flatMap((film) => unitValues(film, kindOf)).map(({ value }) => value),
  );
  return unitValues(after, kindOf).flatMap(({ value, ...unit }) => {
    if (done.has(value)) return [];
    done.add(value);
    return [unit];
  });
}
