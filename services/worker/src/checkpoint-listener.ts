import { Context } from '@temporalio/activity';
import type { CheckpointListener } from '@aura/work';

/**
 * Tells a fault test over HTTP that a unit of work has reached a checkpoint, and waits for its answer:
 * the test lets the work go on, or kills this process while it waits. A cancel ends the waiting.
 */
export function httpCheckpoints(url: string): CheckpointListener {
  return async (checkpoint, unit, key) => {
    const { cancellationSignal, info } = Context.current();
    const body = JSON.stringify({
      checkpoint,
      unit,
      key,
      pid: process.pid,
      attempt: info.attempt,
      workflowId: info.workflowExecution?.workflowId,
      activityId: info.activityId,
    });
    try {
      await fetch(url, { method: 'POST', body, signal: cancellationSignal });
    } catch (error) {
      if (cancellationSignal.aborted) throw cancellationSignal.reason;
      throw error;
    }
  };
}
