import type { Artifact, Database } from '@aura/database';
import { Failure } from '@aura/failure';
import { ARTIFACT_KINDS, isTerminal, type ArtifactKind, type BlobRef } from '@aura/proto';
import { fileTitle } from './file-name.js';

/** A file that is given out: where its bytes are, and under which name. */
export interface Download {
  blob: BlobRef;
  /** Not yet safe for a header. */
  fileName: string;
  modifiedAt: Date;
}

/** Which file of a job. */
export interface FileChoice {
  kind: string;
  /** Empty where there is one of its kind. */
  label: string;
}

export function blobOf({ sha256, bytes, mediaType }: Artifact): BlobRef {
  return { sha256, bytes: Number(bytes), mediaType };
}

/** Finds a job's file. Errors: JobNotFound, JobNotFinished, ArtifactMissing. */
export async function findDownload(
  database: Database,
  job: { id: string; tenantId: string },
  { kind, label }: FileChoice,
): Promise<Download> {
  if (!isArtifactKind(kind)) throw missing();
  const row = await database.job.findFirst({
    where: job,
    select: { state: true, film: true, artifacts: { where: { kind, label } } },
  });
  if (!row) throw new Failure('JobNotFound', 'There is no job with this id.');
  const [artifact] = row.artifacts;
  if (kind === 'video' && !row.film && row.state !== 'succeeded')
    throw notFinished(job.id, row.state);
  if (!artifact) throw isTerminal(row.state) ? missing() : notFinished(job.id, row.state);
  if (artifact.expiredAt) throw expired(job.id);
  const fileName = artifact.fileName || fileTitle(job.id, artifact.mediaType);
  return { blob: blobOf(artifact), fileName, modifiedAt: artifact.createdAt };
}

/** A file of a job that has been cleaned up, and what makes it again. */
export function expired(jobId: string, cause?: unknown): Failure {
  return new Failure('ArtifactGone', 'The file has been cleaned up.', {
    remediation: `POST /api/videos/${jobId}/rebuild makes it again; work that is still kept is not done, or paid for, anew.`,
    cause,
  });
}

function isArtifactKind(kind: string): kind is ArtifactKind {
  return (ARTIFACT_KINDS as readonly string[]).includes(kind);
}

function missing(): Failure {
  return new Failure('ArtifactMissing', 'The job has no such file.');
}

function notFinished(jobId: string, state: string): Failure {
  if (!isTerminal(state)) {
    const remediation = 'Wait for the done event of the stream, then ask again.';
    return new Failure('JobNotFinished', 'The job is still in work.', { remediation });
  }
  const retry = `POST /api/jobs/${jobId}/retry`;
  const [end, remediation] =
    state === 'canceled'
      ? ['been canceled', `If the film is wanted after all: ${retry}.`]
      : [state, `Read the reason in the job’s status; when it is mended: ${retry}.`];
  const message = `The job has ${end}, so there is no such file.`;
  return new Failure('JobNotFinished', message, { remediation });
}
