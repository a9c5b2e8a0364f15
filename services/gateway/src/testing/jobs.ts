import {
  appendEvents,
  createJob,
  lockJob,
  transact,
  type Database,
  type JobChanges,
} from '@aura/database';
import { sampleOrder } from '@aura/database/testing';
import type { BlobRef, FailureReport, Film, JobEventData } from '@aura/proto';

/** A job as a request would have made it; gives its id. */
export async function newJob(database: Database, text?: string): Promise<string> {
  const order = sampleOrder(text);
  await transact(database, (tx) => createJob(tx, order));
  return order.job.videoId;
}

/** Appends events as the record stage does. */
export async function append(
  database: Database,
  jobId: string,
  events: readonly JobEventData[],
  changes: JobChanges = {},
): Promise<void> {
  await transact(database, async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!job) throw new Error('no such job');
    await appendEvents(tx, job, events, changes);
  });
}

export const RUNNING: JobEventData = {
  type: 'job-status',
  state: 'running',
  percent: 0,
  stage: 'brief',
  message: 'Begun',
};

export function progressTo(percent: number, message = 'speaking'): JobEventData {
  const step = { step: 'narration', stage: 'voice', stepPercent: percent } as const;
  return { type: 'step-progress', ...step, percent, message };
}

export const COMPLETED: JobEventData = {
  type: 'job-completed',
  state: 'succeeded',
  percent: 100,
  sizeBytes: 1_000,
  durationMs: 5_000,
};

export function failedWith(failure: Partial<FailureReport>, percent: number): JobEventData {
  const state = failure.code === 'Canceled' ? 'canceled' : 'failed';
  return { type: 'job-failed', state, percent, failure: failureReport(failure) };
}

export function failureReport(changes: Partial<FailureReport>): FailureReport {
  return {
    code: 'InternalError',
    message: 'Something went wrong inside Aura.',
    remediation: 'Report the correlation id.',
    stage: 'voice',
    step: 'narration',
    sceneId: 's02',
    correlationId: 'test',
    details: 'secret stack',
    fault: 'aura',
    ...changes,
  };
}

export function filmOf(video: BlobRef): Film {
  return {
    video,
    captions: { sha256: video.sha256, bytes: 1, mediaType: 'application/x-subrip' },
    thumbnail: { sha256: video.sha256, bytes: 1, mediaType: 'image/jpeg' },
    durationMs: 5_000,
    frames: 150,
    widthPx: 640,
    heightPx: 360,
    fps: 30,
    videoCodec: 'h264',
    audioCodec: 'aac',
    loudnessLufs: -14,
    truePeakDbtp: -1.5,
    unitKey: '',
    warnings: [],
  };
}
