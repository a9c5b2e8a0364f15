import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
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
      await post(url, body, cancellationSignal);
    } catch (error) {
      if (cancellationSignal.aborted) throw cancellationSignal.reason;
      throw error;
    }
  };
}

/**
 * On a connection of its own: one that is kept may be closed by the other side in the moment in which a starved
 * process uses it again, and that would count as a failure of the work.
 */
async function post(url: string, body: string, signal: AbortSignal): Promise<void> {
  const asking = request(url, { method: 'POST', agent: false, signal }).end(body);
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
}
