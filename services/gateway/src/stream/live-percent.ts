import {
  ENCODING_SHARE,
  STAGES,
  UNITS,
  type HeartbeatDetails,
  type StageName,
  type UnitName,
} from '@aura/proto';

/** An activity that is in work, with what its last heartbeat said. */
export interface PendingUnit {
  unit: UnitName;
  heartbeat: Pick<HeartbeatDetails, 'percent' | 'detail'>;
}

/** A unit that is about to end is not done: some of its share is kept back for the durable event. */
const MOST_OF_A_UNIT = 0.95;

/**
 * The share of its stage's weight that one unit has. The pace is measured aside, and its time belongs to nobody.
 */
const SHARE_OF_STAGE: Record<UnitName, (scenes: number) => number> = {
  preflight: () => 1,
  measurePace: () => 0,
  writeScript: () => 1,
  narrateScene: (scenes) => 1 / scenes,
  illustrateScene: (scenes) => 1 / scenes,
  encodeSegment: (scenes) => ENCODING_SHARE / scenes,
  assembleFilm: () => 1 - ENCODING_SHARE,
};

const WEIGHTS = Object.fromEntries(STAGES.map(({ name, weight }) => [name, weight])) as Record<
  StageName,
  number
>;

/**
 * A job's percentage between two durable events: what is recorded plus the done parts of the units in
 * work. A whole number of at most 99, because 100 means that the film is there.
 */
export function livePercent(
  recorded: { percent: number; scenesTotal: number },
  pending: readonly PendingUnit[],
): number {
  const scenes = Math.max(1, recorded.scenesTotal);
  const inWork = pending.reduce((sum, { unit, heartbeat }) => {
    const done = Math.min(100, Math.max(0, heartbeat.percent)) / 100;
    const points = WEIGHTS[UNITS[unit].stage] * SHARE_OF_STAGE[unit](scenes);
    return sum + points * done * MOST_OF_A_UNIT;
  }, 0);
  return Math.min(99, Math.floor(recorded.percent + inWork));
}

/** The words of the unit that holds the film up: the first in pipeline order that says something. */
export function liveMessage(pending: readonly PendingUnit[]): string | undefined {
  const order = Object.keys(UNITS);
  return pending
    .filter(({ heartbeat }) => heartbeat.detail !== '')
    .toSorted((a, b) => order.indexOf(a.unit) - order.indexOf(b.unit))[0]?.heartbeat.detail;
}
