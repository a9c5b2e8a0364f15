import type { Transaction } from '@aura/database';
import { isTerminal, type AdvanceRequest, type FilmFile, type Recorded } from '@aura/proto';
import { filesBeside } from './artifacts.js';
import type { RecordDependencies } from './create-record-activities.js';
import { foretell } from './experience.js';
import { newsOf } from './news.js';
import { titleOf } from './title-of.js';
import { writeJob } from './write-job.js';

/** Writes what a report of progress says that the job does not say already. */
export function advance(
  { database }: RecordDependencies,
  request: AdvanceRequest,
): Promise<Recorded> {
  const files = request.files?.files ?? [];
  return writeJob(database, request.job, (job) => {
    const entry = newsOf(job, request);
    if (isTerminal(job.fold.state)) return entry;
    // Told once, after preflight.
    const { making } = request;
    const isNew = making?.chains !== undefined && !job.making?.chains;
    return {
      ...entry,
      also: async (tx) => {
        if (files.length > 0) await keepFiles(tx, job.id, files);
        if (isNew) await foretell(tx, job.id, making);
      },
    };
  });
}

/** Files of a film in the making. The newest of a kind and label is kept. */
async function keepFiles(tx: Transaction, jobId: string, files: FilmFile[]): Promise<void> {
  const title = await titleOf(tx, jobId);
  for (const row of filesBeside({ files }, title)) {
    const { kind, label } = row;
    await tx.artifact.upsert({
      where: { jobId_kind_label: { jobId, kind, label } },
      create: { jobId, ...row },
      update: { ...row, createdAt: new Date() },
    });
  }
}
