import { APPROVAL_POINTS, type Approval, type MakeVideoInput } from '@aura/proto';
import { z } from 'zod';

const MINUTE_MS = 60_000;
const USUAL_MINUTES = 7 * 24 * 60;
const MOST_MINUTES = 30 * 24 * 60;

const minutes = z
  .number('must be a number')
  .min(0.01, 'must be at least 0.01')
  .max(MOST_MINUTES, `must be at most ${MOST_MINUTES}`);

const approval = z
  .strictObject(
    {
      at: z
        .enum(APPROVAL_POINTS, `must be one of ${APPROVAL_POINTS.join(', ')}`)
        .describe(
          'script: before anything is made of it. voice-sample: the first scene is spoken first. storyboard: all pictures are made first. budget: where it does not hold, rather than to go on with what costs nothing.',
        ),
      deadlineMinutes: minutes
        .nullish()
        .describe('From the question on; 10080 (7 days) where absent.'),
      onDeadline: z
        .enum(['cancel', 'approve'], 'must be cancel or approve')
        .nullish()
        .describe('What happens where nobody has answered by then; cancel where absent.'),
      remindMinutes: minutes
        .nullish()
        .describe('From the question on: an event then says once more that the job waits.'),
    },
    'must be an object',
  )
  .superRefine(({ deadlineMinutes, remindMinutes }, context) => {
    if (remindMinutes == null || remindMinutes < (deadlineMinutes ?? USUAL_MINUTES)) return;
    const message = 'must be less than deadlineMinutes';
    context.addIssue({ code: 'custom', path: ['remindMinutes'], message });
  })
  .meta({ id: 'ApprovalRequest' });

/** Where a job waits for its user. */
export const approvals = z
  .array(approval, 'must be a list')
  .max(APPROVAL_POINTS.length, `must have at most ${APPROVAL_POINTS.length} entries`)
  .refine(
    (list) => new Set(list.map(({ at }) => at)).size === list.length,
    'must name each place once',
  )
  .nullish()
  .describe(
    'Where the job waits for POST /api/jobs/{id}/approve or /reject before it goes on. Waiting costs nothing.',
  );

/** What is wrong with approvals beside a timeline of the user's, whose script and pictures are there. */
export function approvalProblem(
  wanted: z.output<typeof approvals>,
  hasTimeline: boolean,
): string | undefined {
  const odd = hasTimeline && (wanted ?? []).find(({ at }) => at !== 'budget');
  return odd ? `must not have ${odd.at} beside a timeline: only budget` : undefined;
}

/** Nothing where nothing is to be approved: such orders stay as they were. */
export function approvalsOf(wanted: z.output<typeof approvals>): Pick<MakeVideoInput, 'approvals'> {
  if (!wanted?.length) return {};
  return {
    approvals: wanted.map(({ at, deadlineMinutes, onDeadline, remindMinutes }): Approval => {
      return {
        at,
        deadlineMs: msOf(deadlineMinutes ?? USUAL_MINUTES),
        onDeadline: onDeadline ?? 'cancel',
        ...(remindMinutes == null ? {} : { remindMs: msOf(remindMinutes) }),
      };
    }),
  };
}

function msOf(minutesLong: number): number {
  return Math.round(minutesLong * MINUTE_MS);
}
