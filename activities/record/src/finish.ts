import type { LockedJob, Prisma, Transaction } from '@aura/database';
import {
  ROLLING_PREVIEW,
  type BlobRef,
  type FinishRequest,
  type Recorded,
  type UnitsOfRun,
} from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { learn } from './experience.js';
import { artifactsOf, blobsOf } from './artifacts.js';
import { replaceFiles } from './replace-files.js';
import type { RecordDependencies } from './create-record-activities.js';
import { endingOf, type Outcome } from './ending.js';
import { jobCost } from './job-cost.js';
import { failureOf } from './failure-report.js';
import { followUp } from './next-run.js';
import { titleOf } from './title-of.js';
import { writeJob } from './write-job.js';

/**
 * Writes the run's one terminal state with its failure or its files, and orders the export of its history.
 * A job that has ended keeps its end. Success is believed only when the film's bytes are in the store.
 */
export async function finish(
  { database, store, journal }: Pick<RecordDependencies, 'database' | 'store' | 'journal'>,
  request: FinishRequest,
): Promise<Recorded> {
  // A ledger that cannot be read keeps no job from its end; the calls stay in it, to be counted by hand.
  const calls = await journal.calls(request.job.videoId).catch(() => undefined);
  const ended = { isFilm: false };
  const recorded = await writeJob(database, request.job, async (job) => {
    const lacking = await lackingFilm(store, job, request);
    const ending = endingOf(job, lacking ?? request);
    const { outcome } = ending;
    if (!outcome) return ending;
    const { units } = request;
    ended.isFilm = outcome.state === 'succeeded';
    const cost = jobCost(calls, job.allowanceUsd);
    const changes = { ...ending.changes, ...(cost ? { cost } : {}) };
    return {
      ...ending,
      changes,
      also: (tx) => writeOutcome(tx, job, { outcome, units }),
      afterwards: (tx, ended) => followUp(tx, ended, outcome),
    };
  });
  const { units } = request;
  // A forecast is worth no job's end.
  if (ended.isFilm && units) await learn(database, request.job, units).catch(() => undefined);
  return recorded;
}

async function writeOutcome(
  tx: Transaction,
  { id: jobId, run }: LockedJob,
  { outcome, units }: { outcome: Outcome; units: UnitsOfRun | undefined },
): Promise<void> {
  if (units) await keepUnits(tx, { jobId, run }, units);
  await tx.outbox.createMany({ data: [{ jobId, command: 'archive', run }], skipDuplicates: true });
  if (outcome.state !== 'succeeded') return;
  // The film itself is there to be looked at.
  await tx.artifact.deleteMany({ where: { jobId, kind: 'preview', label: ROLLING_PREVIEW } });
  await replaceFiles(tx, jobId, artifactsOf(outcome.film, await titleOf(tx, jobId)));
}

async function keepUnits(
  tx: Transaction,
  jobId_run: { jobId: string; run: number },
  told: UnitsOfRun,
): Promise<void> {
  const units = { units: told as unknown as Prisma.InputJsonValue };
  await tx.jobRun.upsert({
    where: { jobId_run },
    create: { ...jobId_run, ...units },
    update: units,
  });
}

/** The failure that a success turns into where the store does not have what it speaks of. */
async function lackingFilm(
  store: ArtifactStore,
  job: LockedJob,
  { film, ...request }: FinishRequest,
): Promise<FinishRequest | undefined> {
  if (request.state !== 'succeeded' || !film) return undefined;
  const blobs = blobsOf(film);
  const there = await Promise.all(blobs.map((blob) => store.has(blob)));
  const missing = blobs.filter((_, index) => !there[index]);
  if (missing.length === 0) return undefined;
  const message = 'The finished film is no longer in the artifact store.';
  const failure = failureOf('BlobCorrupt', { message, details: detailsOf(missing) }, job);
  return { ...request, state: 'failed', failure: { ...failure, stage: 'compose', step: 'mux' } };
}

function detailsOf(blobs: BlobRef[]): string {
  return blobs.map(({ sha256, bytes }) => `missing: ${sha256} (${bytes} bytes)`).join('\n');
}
