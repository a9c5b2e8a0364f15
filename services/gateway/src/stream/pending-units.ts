import { UNITS, type UnitName } from '@aura/proto';

/** An activity that is in work or waits for a worker, and what is to be said of it. */
export interface PendingUnit {
  unit: UnitName;
  /** 0 to 100 of this unit, as its worker last said; 0 while it waits. */
  percent: number;
  detail: string;
  /** Nobody works at it: it has not been taken yet, or is to be tried again. */
  waits: boolean;
}

/** The words of the unit that holds the film up: the first in pipeline order that says something, working before waiting. */
export function liveMessage(pending: readonly PendingUnit[]): string | undefined {
  const order = Object.keys(UNITS);
  return pending
    .filter(({ detail }) => detail !== '')
    .toSorted((a, b) => Number(a.waits) - Number(b.waits) || at(a) - at(b))[0]?.detail;

  function at({ unit }: PendingUnit): number {
    return order.indexOf(unit);
  }
}
