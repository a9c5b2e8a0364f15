import { defaultPayloadConverter } from '@temporalio/common';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { UNITS, type HeartbeatDetails, type UnitName } from '@aura/proto';
import type { PendingUnit } from '../stream/pending-units.js';

type PendingActivity = NonNullable<
  WorkflowExecutionDescription['raw']['pendingActivities']
>[number];

/** PENDING_ACTIVITY_STATE_SCHEDULED of Temporal's API: no worker has it. */
const SCHEDULED = 1;

/**
 * The units of work among a workflow's open activities. Temporal keeps the last heartbeat of an attempt
 * whose worker has died; while the next attempt waits to be taken, that heartbeat tells of nobody's work.
 */
export function unitsIn(activities: readonly PendingActivity[]): PendingUnit[] {
  return activities.flatMap(({ activityType, state, attempt, heartbeatDetails }): PendingUnit[] => {
    const unit = activityType?.name;
    if (!unit || !isUnit(unit)) return [];
    if (Number(state) === SCHEDULED) {
      const again = attempt && attempt > 1 ? `, attempt ${attempt}` : '';
      return [{ unit, percent: 0, detail: `waiting for a worker${again}`, waits: true }];
    }
    const [payload] = heartbeatDetails?.payloads ?? [];
    if (!payload) return [];
    const { percent = 0, detail = '' } =
      defaultPayloadConverter.fromPayload<Partial<HeartbeatDetails>>(payload);
    return [{ unit, percent, detail, waits: false }];
  });
}

function isUnit(name: string): name is UnitName {
  return Object.hasOwn(UNITS, name);
}
