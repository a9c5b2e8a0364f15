import { DECIDE_UPDATE, PAUSE_SIGNAL, type Decision, type PauseWish } from '@aura/proto';
import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';

type History = temporal.api.history.v1.IHistory;
type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type FailureProto = temporal.api.failure.v1.IFailure;

/** One line of what a workflow decided and what came of it. */
export interface StoryLine {
  eventId: number;
  atMs: number;
  text: string;
}

/** A workflow's event history as a story for people: what was asked, tried, replaced, and why it ended so. */
export function storyOf(history: History): StoryLine[] {
  const scheduled = new Map<number, string>();
  const firstMs = msOf(history.events?.[0]);
  return (history.events ?? []).flatMap((event) => {
    const text = textOf(event, scheduled);
    return text ? [{ eventId: Number(event.eventId), atMs: msOf(event) - firstMs, text }] : [];
  });
}

function textOf(event: HistoryEvent, scheduled: Map<number, string>): string | undefined {
  if (event.workflowExecutionStartedEventAttributes) return 'the video was ordered';
  if (event.workflowExecutionCancelRequestedEventAttributes) return 'a cancel was requested';
  if (event.workflowExecutionTerminatedEventAttributes)
    return 'the workflow was terminated from outside';
  if (event.workflowExecutionCompletedEventAttributes) return 'the film is finished';
  if (event.workflowExecutionCanceledEventAttributes) return 'canceled';
  const wish = wishOf(event);
  if (wish) return wish;
  const failed = event.workflowExecutionFailedEventAttributes;
  if (failed) return `failed: ${describe(failed.failure)}`;
  const plan = event.activityTaskScheduledEventAttributes;
  if (plan) {
    const name = plan.activityType?.name ?? '?';
    const summary = summaryOf(event);
    scheduled.set(Number(event.eventId), summary || name);
    const what = `${name} on ${plan.taskQueue?.name}`;
    return name === 'advance' ? undefined : [what, summary].filter(Boolean).join(': ');
  }
  return outcomeOf(event, (at) => scheduled.get(Number(at)) ?? '?');
}

/** What its user has said meanwhile. */
function wishOf({
  workflowExecutionSignaledEventAttributes: signaled,
  workflowExecutionUpdateAcceptedEventAttributes: told,
}: HistoryEvent): string | undefined {
  if (signaled?.signalName === PAUSE_SIGNAL) {
    const { paused } = (firstOf(signaled.input) ?? {}) as Partial<PauseWish>;
    return paused ? 'the user paused it' : 'the user let it go on';
  }
  const update = told?.acceptedRequest?.input;
  if (update?.name !== DECIDE_UPDATE) return undefined;
  const { approved, reason } = (firstOf(update.args) ?? {}) as Partial<Decision>;
  const words = approved ? 'the user approved' : 'the user rejected';
  return reason ? `${words}: ${reason}` : words;
}

function firstOf(
  payloads: temporal.api.common.v1.IPayloads | null | undefined,
): object | undefined {
  const [first] = payloads?.payloads ?? [];
  return first ? defaultPayloadConverter.fromPayload<object>(first) : undefined;
}

function outcomeOf(event: HistoryEvent, nameOf: (eventId: unknown) => string): string | undefined {
  const started = event.activityTaskStartedEventAttributes;
  if (started && (started.attempt ?? 1) > 1) {
    const before = started.lastFailure ? ` after: ${describe(started.lastFailure)}` : '';
    return `${nameOf(started.scheduledEventId)} · attempt ${started.attempt}${before}`;
  }
  const failure = event.activityTaskFailedEventAttributes;
  if (failure) return `${nameOf(failure.scheduledEventId)} · failed: ${describe(failure.failure)}`;
  const late = event.activityTaskTimedOutEventAttributes;
  if (late) return `${nameOf(late.scheduledEventId)} · timed out: ${describe(late.failure)}`;
  const canceled = event.activityTaskCanceledEventAttributes;
  if (canceled) return `${nameOf(canceled.scheduledEventId)} · stopped by the cancel`;
  const task = event.workflowTaskFailedEventAttributes;
  if (task) return `workflow task failed: ${describe(task.failure)}`;
  return undefined;
}

function summaryOf(event: HistoryEvent): string {
  const payload = event.userMetadata?.summary;
  return payload ? String(defaultPayloadConverter.fromPayload(payload)) : '';
}

/** The outermost message with its code, then what lies below it. */
function describe(failure: FailureProto | null | undefined): string {
  if (!failure) return 'no reason given';
  const code = failure.applicationFailureInfo?.type;
  const text = code ? `${code}: ${failure.message}` : (failure.message ?? '');
  return failure.cause ? `${text} ← ${describe(failure.cause)}` : text;
}

function msOf(event: HistoryEvent | undefined): number {
  return Number(event?.eventTime?.seconds ?? 0) * 1_000 + (event?.eventTime?.nanos ?? 0) / 1e6;
}
