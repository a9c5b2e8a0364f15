import type { UnitName, UnitsOfKind, UnitsOfRun } from '@aura/proto';
import { timed } from './stopwatch.js';

export interface UnitPlace {
  unit: UnitName;
  /** Empty for the whole film. */
  sceneId: string;
  /** Of which of the films of the job; empty for the first, and for what they share. */
  label?: string;
}

/** What of a film is made in this run, and what was there already. */
export class MadeUnits {
  private readonly kinds = new Map<string, UnitsOfKind>();

  /** Counts a unit of work once it is there. What it gives is kept without how it came to be there. */
  of<T extends { reused?: boolean }>(place: UnitPlace, work: () => Promise<T>): Promise<T> {
    const { done, tookMs } = timed(work);
    return done.then(({ reused, ...made }) => {
      this.note(place, reused === true ? undefined : tookMs());
      return made as T;
    });
  }

  /** All of them, for the record. */
  all(): { units: UnitsOfRun } {
    return { units: { kinds: [...this.kinds.values()] } };
  }

  private note({ unit, sceneId, label = '' }: UnitPlace, tookMs: number | undefined): void {
    const key = `${unit} ${label}`;
    const kind = this.kinds.get(key) ?? { unit, label, made: [], found: 0, tookMs: 0 };
    this.kinds.set(key, kind);
    if (tookMs === undefined) {
      kind.found += 1;
      return;
    }
    // Another take of a picture is the same unit.
    if (!kind.made.includes(sceneId)) kind.made.push(sceneId);
    kind.tookMs += tookMs;
  }
}
