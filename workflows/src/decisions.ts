import {
  CancellationScope,
  condition,
  defineUpdate,
  isCancellation,
  setHandler,
} from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/common';
import {
  DECIDE_UPDATE,
  NOT_ASKED,
  UNITS,
  type Approval,
  type ApprovalPoint,
  type ApprovalRequest,
  type Decision,
  type FailureReport,
  type JobRef,
  type MakeVideoInput,
  type Script,
  type UnitName,
} from '@aura/proto';
import { record } from './activities.js';
import type { Chronicle } from './chronicle.js';
import { UnitFailure } from './failures.js';
import { goingAgain } from './pause.js';

const decideUpdate = defineUpdate<void, [Decision]>(DECIDE_UPDATE);

/** The one question that is open; modules are each workflow's own. */
interface Question {
  approval: ApprovalRequest;
  decision?: Decision;
  /** Everything that was told of it so far has arrived. */
  isTold: boolean;
  /** It was never asked: the job was paused in that moment. */
  isWithdrawn: boolean;
  /** What was decided has arrived as well. */
  isSettled: boolean;
  scriptOf: Asking['scriptOf'];
}

let open: Question | undefined;
let last = 0;
let rejected: Rejection | undefined;

/** What was made, or wanted, is not approved: the job is canceled, with this report. */
export class Rejection extends UnitFailure {}

/** Answers its user from now on. Only what is asked can be decided, and once. */
export function hearDecisions({ job }: MakeVideoInput, chronicle: Chronicle): void {
  setHandler(
    decideUpdate,
    async (decision) => {
      const question = open!;
      question.decision = decision;
      await condition(() => question.isTold);
      if (question.isWithdrawn) throw notAsked();
      await settle(job, question, chronicle);
    },
    {
      validator: ({ askedAt }) => {
        if (open && !open.decision && open.approval.askedAt === askedAt) return;
        throw notAsked();
      },
    },
  );
}

/** What an order says of an approval; undefined where it wants to be asked for none there, or none any more. */
export function approvalAt(
  { approvals = [], approved }: Pick<MakeVideoInput, 'approvals' | 'approved'>,
  point: ApprovalPoint,
): Approval | undefined {
  if (approved?.points.includes(point)) return undefined;
  return approvals.find(({ at }) => at === point);
}

/** A rejection is carried out by a cancel, and so may come to be told by work that the cancel has ended. */
export function orRejection(error: unknown): unknown {
  return isCancellation(error) ? (rejected ?? error) : error;
}

function notAsked(): ApplicationFailure {
  return ApplicationFailure.nonRetryable('This question is not open.', NOT_ASKED);
}

export interface Asking {
  approval: Approval;
  /** What is asked, in a few words. */
  message: string;
  /** Where it is asked: it is told with the job's end, if it comes to that. */
  unit: UnitName;
  more?: Pick<ApprovalRequest, 'capUsd' | 'wanted'>;
  /** What is kept of an approved script for runs to come. */
  scriptOf?: (decision: Decision) => Script;
}

/**
 * Has the job wait for its user, without any work in between: an update, or the deadline, ends it. Gives what was
 * decided. Throws a `Rejection`, or the cancel that came in between.
 */
export async function decided(
  { job }: Pick<MakeVideoInput, 'job'>,
  chronicle: Chronicle,
  asking: Asking,
): Promise<Decision> {
  const question = await begin(job, chronicle, asking);
  try {
    await untilDecided(job, question, asking);
    if (!question.decision) {
      question.decision = byDeadline(question.approval);
      await settle(job, question, chronicle);
    }
    await condition(() => question.isSettled);
  } catch (error) {
    // A rejection is carried out by a cancel, which may arrive first.
    if (!isCancellation(error) || question.decision?.approved !== false) throw error;
  } finally {
    open = undefined;
  }
  const { decision } = question;
  if (decision.approved) return decision;
  rejected = new Rejection(rejection(job, decision, asking), undefined);
  throw rejected;
}

async function begin(
  job: JobRef,
  chronicle: Chronicle,
  { approval, message, more, scriptOf }: Asking,
): Promise<Question> {
  // What is to be approved can be looked at from the question on.
  await chronicle.settled();
  for (;;) {
    const before = await goingAgain();
    // Two questions in one task have the same time.
    const askedMs = (last = Math.max(Date.now(), last + 1));
    const request: ApprovalRequest = {
      at: approval.at,
      askedAt: new Date(askedMs).toISOString(),
      deadline: new Date(askedMs + approval.deadlineMs).toISOString(),
      onDeadline: approval.onDeadline,
      reminded: false,
      ...more,
    };
    const question: Question = {
      approval: request,
      isTold: false,
      isWithdrawn: false,
      isSettled: false,
      scriptOf,
    };
    open = question;
    chronicle.is('awaiting-approval', message);
    const { state } = await record.ask({ job, approval: request, message });
    question.isWithdrawn = state === 'paused';
    question.isTold = true;
    if (!question.isWithdrawn) return question;
    // The user has paused the job in this moment; the wish is on its way.
    open = undefined;
    await before.hasChanged();
  }
}

async function untilDecided(job: JobRef, question: Question, asking: Asking): Promise<void> {
  const { deadlineMs, remindMs } = asking.approval;
  const isDecided = () => question.decision !== undefined;
  const waits = remindMs !== undefined && remindMs < deadlineMs;
  if (!waits) {
    await condition(isDecided, deadlineMs);
    return;
  }
  if (await condition(isDecided, remindMs)) return;
  question.isTold = false;
  question.approval = { ...question.approval, reminded: true };
  const message = `Reminder: ${asking.message}`;
  await record.ask({ job, approval: question.approval, message });
  question.isTold = true;
  await condition(isDecided, deadlineMs - remindMs);
}

function byDeadline({ askedAt, onDeadline }: ApprovalRequest): Decision {
  return { askedAt, approved: onDeadline === 'approve', reason: EXPIRED };
}

const EXPIRED = 'Nobody has answered by the deadline.';

/** Recorded before it is acted upon, whatever is canceled meanwhile. */
async function settle(job: JobRef, question: Question, chronicle: Chronicle): Promise<void> {
  const { approval, scriptOf } = question;
  const decision = question.decision!;
  const { askedAt, approved, reason, capUsd, translations } = decision;
  const words = approved ? 'Approved' : 'Rejected';
  const message = reason ? `${words}: ${reason}` : words;
  const decided = await CancellationScope.nonCancellable(() =>
    record.decide({
      job,
      askedAt,
      message,
      rejected: !approved,
      at: approval.at,
      ...(approved && scriptOf ? { script: scriptOf(decision) } : {}),
      ...(translations ? { translations } : {}),
      ...(capUsd === undefined ? {} : { capUsd }),
    }),
  );
  // What the day's budget does not hold cannot be granted.
  if (decided.capUsd !== undefined) decision.capUsd = decided.capUsd;
  question.isSettled = true;
  if (approved) chronicle.is('running');
}

function rejection(
  { correlationId }: JobRef,
  { reason }: Decision,
  { approval, unit }: Asking,
): FailureReport {
  const isLate = reason === EXPIRED;
  const what = `The ${WHAT[approval.at]}`;
  const rejected = reason ? `${what} was rejected: ${reason}` : `${what} was rejected.`;
  const { stage, step } = UNITS[unit];
  return {
    code: isLate ? 'ApprovalExpired' : 'ApprovalRejected',
    message: isLate ? `${what} was not approved in time.` : rejected,
    remediation: isLate
      ? 'Try the job again and answer in time, or set a later deadlineMinutes.'
      : 'Try the job again, or make another one that says what is wanted.',
    details: '',
    fault: 'caller',
    correlationId,
    stage,
    step,
    sceneId: '',
  };
}

const WHAT: Record<Approval['at'], string> = {
  script: 'script',
  'voice-sample': 'voice',
  storyboard: 'storyboard',
  budget: 'budget',
};
