import type { HistoryEvent } from '@aura/tests';
import { UNITS } from '@aura/proto';

type Interval = [startMs: number, endMs: number];

/**
 * What orchestration adds on the critical path: the time between accepting the job and its end in which
 * no unit of work was being done, in ms. Activities that write the record are orchestration, not work.
 */
export function orchestrationMs(
  events: readonly HistoryEvent[],
  acceptedMs: number,
  endedMs: number,
): number {
  const names = new Map<number, string>();
  const starts = new Map<number, number>();
  const work: Interval[] = [];
  for (const event of events) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled) names.set(Number(event.eventId), scheduled.activityType?.name ?? '');
    const started = event.activityTaskStartedEventAttributes;
    if (started) starts.set(Number(started.scheduledEventId), msOf(event));
    const ended = event.activityTaskCompletedEventAttributes;
    const id = Number(ended?.scheduledEventId);
    if (ended && (names.get(id) ?? '') in UNITS) work.push([starts.get(id) ?? 0, msOf(event)]);
  }
  return endedMs - acceptedMs - covered(work);
}

/** The length of the union of intervals. */
export function covered(intervals: readonly Interval[]): number {
  let total = 0;
  let until = -Infinity;
  for (const [start, end] of intervals.toSorted(([a], [b]) => a - b)) {
    total += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return total;
}

function msOf({ eventTime }: HistoryEvent): number {
  return Number(eventTime?.seconds ?? 0) * 1_000 + (eventTime?.nanos ?? 0) / 1e6;
}
