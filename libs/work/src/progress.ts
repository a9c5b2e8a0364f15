import type { HeartbeatDetails } from '@aura/proto';
import { AsyncLocalStorage } from 'node:async_hooks';
import { reach } from './checkpoints.js';

/**
 * What the running activity says of itself. The worker's interceptor opens it, sends it with every
 * heartbeat and closes it; outside an activity (unit tests) progress goes nowhere.
 */
export const runningActivity = new AsyncLocalStorage<HeartbeatDetails>();

/** The unit of work that is being done, once it has turned out that it is not recorded yet. */
export const unitInWork = new AsyncLocalStorage<{ unit: string; key: string; begun: boolean }>();

/**
 * Says how far this unit of work is (0 to 100) and what is being done, in a few words for people.
 * Cheap: the heartbeat carries the newest value. The first call marks the unit as being in the middle.
 */
export function progress(percent: number, detail: string): void {
  const activity = runningActivity.getStore();
  if (activity) {
    activity.percent = Math.max(activity.percent, Math.min(100, percent));
    activity.detail = detail;
  }
  const unit = unitInWork.getStore();
  if (unit && !unit.begun) {
    unit.begun = true;
    // Told in passing: that nobody hears it, or that we are being stopped meanwhile, is no trouble of the work.
    reach('during', unit.unit, unit.key).catch(() => undefined);
  }
}
