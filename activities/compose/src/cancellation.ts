import { Context } from '@temporalio/activity';

/** The running activity's signal to stop; undefined outside of an activity. */
export function activitySignal(): AbortSignal | undefined {
  try {
    return Context.current().cancellationSignal;
  } catch {
    return undefined;
  }
}
