import type { ApprovalRequest } from '../gen/aura/v1/record.js';
import type { BlobRef } from '../gen/aura/v1/media.js';
import type { Scene, Script } from '../gen/aura/v1/video.js';

/** What a job can wait for its user to approve, in the order in which a film comes to it. */
export const APPROVAL_POINTS = ['script', 'voice-sample', 'storyboard', 'budget'] as const;
export type ApprovalPoint = (typeof APPROVAL_POINTS)[number];

/** An approval that an order wants to be asked for. */
export interface Approval {
  at: ApprovalPoint;
  /** From the question on. */
  deadlineMs: number;
  /** What becomes of the job where nobody has answered by then. */
  onDeadline: 'approve' | 'cancel';
  /** When it is asked once more, from the question on. Absent: never. */
  remindMs?: number;
}

/** What its user has approved in earlier runs of a job: nobody is asked that again. */
export interface Approved {
  /** Of `ApprovalPoint`. */
  points: string[];
  /** Absent where no script was asked about: one is written. */
  script?: Script;
}

/** The update by which a workflow is told what its user has decided. */
export const DECIDE_UPDATE = 'decide';

export interface Decision {
  /** Which question it answers: `askedAt` of the request. */
  askedAt: ApprovalRequest['askedAt'];
  approved: boolean;
  /** Why it is rejected, in the user's words; empty where nothing was said. */
  reason: string;
  /** The script as it is to be, where the user has changed it. */
  script?: { title: string; scenes: Scene[] };
  /** What these scenes say in other languages, where the order has such texts. */
  translations?: BlobRef;
  /** What the calls of the job may cost together from now on. */
  capUsd?: number;
}

/** What the update fails with where the question that it answers is not open (any more). */
export const NOT_ASKED = 'JobNotAwaitingApproval';
