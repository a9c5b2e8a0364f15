import { readFile } from 'node:fs/promises';
import {
  freshWorkers,
  lockAssets,
  requestEdit,
  transact,
  useAssets,
  type Asset,
  type Database,
  type Expected,
  type MadeFilm,
  type Prisma,
  type Transaction,
} from '@aura/database';
import { Failure } from '@aura/failure';
import {
  isTerminal,
  type BlobRef,
  type Film,
  type Making,
  type Replacement,
  type SceneTranslations,
  type Script,
  type UnitsOfRun,
  type WorkerReport,
} from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { jobLinks } from '../jobs/job-links.js';
import { notFound } from '../jobs/jobs.js';
import { requireUnchanged } from '../jobs/unchanged.js';
import { keepReplyWith } from '../repeat/stored-replies.js';
import type { Stored } from '../stored/stored.js';
import type { Order } from '../videos/order.js';
import type { NamedFile } from '../videos/style/files.js';
import { blobOf, refuseOthers } from '../videos/used-files.js';
import { rounded } from '../videos/usd.js';
import { applyEdits } from './apply-edits.js';
import { likelyTime, likelyUsd } from './edit-estimate.js';
import type { EditRequest, Operation } from './edit-request.js';
import type { JobEdit } from './edit-schema.js';
import { editableFilm, type EditableFilm } from './film.js';
import { predictUnits } from './predict-units.js';

interface EditsDependencies {
  database: Database;
  store: ArtifactStore;
  stored: Pick<Stored, 'checkRoom'>;
  tenantId: string;
  /** Has the outbox looked at. */
  wakeOutbox: () => void;
}

const COLUMNS = {
  id: true,
  run: true,
  state: true,
  order: true,
  script: true,
  making: true,
  film: true,
  replacements: true,
  runs: { orderBy: { run: 'asc' } },
} as const satisfies Prisma.JobSelect;

type EditedJob = Prisma.JobGetPayload<{ select: typeof COLUMNS }>;

interface Plan {
  film: EditableFilm;
  /** Whether it is another film than the one that there is, made of whatever. */
  isChange: boolean;
  answer: JobEdit;
  expected: Expected;
}

/** Changes films that are there. */
export class Edits {
  constructor(private readonly deps: EditsDependencies) {}

  /**
   * Begins the next run of a job, which makes what an edit of its film changes and finds all else; or only says what
   * that would be. What is edited is the newest film of the job: a run that has failed, or was canceled, changed
   * nothing of it. `check` is called with the row of the job held.
   * Errors: JobNotFound, JobNotFinished, JobNotEditable, InvalidInput, FilmQuotaExceeded, those of `check`.
   */
  async edit(
    jobId: string,
    { operations, dryRun }: EditRequest,
    ifMatch?: string,
  ): Promise<JobEdit> {
    const { database, stored, tenantId, wakeOutbox } = this.deps;
    const workers = await freshWorkers(database);
    if (!dryRun) await stored.checkRoom();
    const answer = await transact(database, async (tx) => {
      await requireUnchanged(tx, this.deps, { jobId, ifMatch });
      const job = await tx.job.findFirst({ where: { id: jobId, tenantId }, select: COLUMNS });
      if (!job) throw notFound();
      const made = madeFilm(job);
      const { assetIds, bytesOf } = await filesOf(tx, tenantId, operations);
      const plan = await this.planned(job, made, { operations, bytesOf, workers });
      if (dryRun) return { ...plan.answer, dryRun };
      if (!plan.isChange) throw nothingChanges();
      const { run, state } = job;
      const next = await requestEdit(tx, {
        jobId,
        run,
        state,
        order: plan.film.order,
        operations,
        expected: plan.expected,
        made: state === 'succeeded' ? made : undefined,
      });
      if (next === undefined) throw changedMeanwhile();
      await useAssets(tx, jobId, assetIds);
      const { answer: body } = plan;
      await keepReplyWith(tx, { status: 202, location: body.links.self, body });
      return body;
    });
    if (!answer.dryRun) wakeOutbox();
    return answer;
  }

  private async planned(
    job: EditedJob,
    made: MadeFilm,
    {
      operations,
      bytesOf,
      workers,
    }: {
      operations: readonly Operation[];
      bytesOf: (assetId: string | null | undefined) => BlobRef | undefined;
      workers: readonly WorkerReport[];
    },
  ): Promise<Plan> {
    const before = editableFilm(made);
    const kinds = new Map(
      workers.flatMap(({ providers }) => providers).map((one) => [`${one.stage} ${one.name}`, one]),
    );
    const kindOf = (name: string) => kinds.get(`visuals ${name}`)?.facts?.kind ?? '';
    const translations = await this.translationsOf(before.order.translations);
    const isUsable = (stage: string, name: string) =>
      workers.some(({ providers }) =>
        providers.some((one) => one.stage === stage && one.name === name && one.usable),
      );
    const given = { bytesOf, kindOf, isUsable, translations };
    const { film: after, translations: texts } = applyEdits(before, operations, given);
    const film = { ...after, order: await this.translated(after.order, texts, translations) };
    const earlier = job.runs.flatMap((run) => (run.made ? [run.made as unknown as MadeFilm] : []));
    const units = predictUnits([before, ...earlier.map(editableFilm)], film, kindOf);
    const runs = job.runs.flatMap((run) => (run.units ? [run.units as unknown as UnitsOfRun] : []));
    const expected = likelyTime(units, runs);
    const answer = rounded({
      jobId: job.id,
      run: job.run + 1,
      dryRun: false,
      scenes: film.order.edited.script.scenes.map(({ id }) => id),
      units: units.map(({ unit, sceneId, label }) => {
        return { unit, sceneId: sceneId || null, output: label || null };
      }),
      seconds: Math.round(expected.totalMs / 100) / 10,
      usd: likelyUsd(units, film, { workers, kindOf }),
      links: jobLinks(job.id),
    });
    const isChange = predictUnits([before], film, kindOf).length > 0;
    return { film, isChange, answer, expected };
  }

  private async translationsOf(blob: BlobRef | undefined): Promise<SceneTranslations | undefined> {
    if (!blob) return undefined;
    const text = await readFile(await this.deps.store.localPath(blob), 'utf8');
    return JSON.parse(text) as SceneTranslations;
  }

  private async translated(
    order: EditableFilm['order'],
    texts: SceneTranslations | undefined,
    before: SceneTranslations | undefined,
  ): Promise<EditableFilm['order']> {
    if (JSON.stringify(texts) === JSON.stringify(before)) return order;
    const { translations: _, ...rest } = order;
    if (!texts) return rest;
    const translations = await this.deps.store.putBytes(JSON.stringify(texts), 'application/json');
    return { ...rest, translations };
  }
}

/** What the newest film of a job was made from. Errors: JobNotFinished, JobNotEditable. */
function madeFilm(job: EditedJob): MadeFilm {
  if (!isTerminal(job.state)) {
    throw new Failure('JobNotFinished', `The job is in work (${job.state}).`, {
      remediation: 'Wait for its end, or cancel it first.',
    });
  }
  const made =
    job.state === 'succeeded'
      ? {
          order: job.order as unknown as Order,
          script: job.script as unknown as Script,
          making: job.making as Making | null,
          replacements: job.replacements as unknown as Replacement[],
          film: job.film as unknown as Film | null,
        }
      : (job.runs.findLast((run) => run.made)?.made as unknown as MadeFilm | undefined);
  if (!made?.script)
    throw new Failure('JobNotEditable', 'The job has no film that could be edited.');
  if (made.order.cut) {
    throw new Failure('JobNotEditable', 'The film follows a timeline of your own.', {
      remediation: 'Send POST /api/jobs with fromJob and the changed timeline.',
    });
  }
  return made;
}

async function filesOf(tx: Transaction, tenantId: string, operations: readonly Operation[]) {
  const files = operations.flatMap((operation, at) => namedBy(operation, ['operations', at]));
  const assetIds = [...new Set(files.map(({ assetId }) => assetId))];
  const found: ReadonlyMap<string, Asset> =
    assetIds.length > 0 ? await lockAssets(tx, tenantId, assetIds) : new Map();
  refuseOthers(files, found);
  const bytesOf = (assetId: string | null | undefined) => {
    const asset = found.get(assetId?.toLowerCase() ?? '');
    return asset && blobOf(asset);
  };
  return { assetIds, bytesOf };
}

/** The uploaded files that an operation names. */
function namedBy(operation: Operation, path: (string | number)[]): NamedFile[] {
  const named = (
    assetId: string | null | undefined,
    kind: NamedFile['kind'],
    member: string[],
  ): NamedFile[] =>
    assetId ? [{ assetId: assetId.toLowerCase(), kind, path: [...path, ...member] }] : [];
  const shown = ['picture', 'clip'] as const;
  if (operation.op === 'scene') return named(operation.assetId, shown, ['assetId']);
  if (operation.op === 'insert') return named(operation.scene.assetId, shown, ['scene', 'assetId']);
  if (operation.op === 'music')
    return named(operation.music?.assetId, 'sound', ['music', 'assetId']);
  return [];
}

function nothingChanges(): Failure {
  const message = 'The operations change nothing of the film.';
  return new Failure('InvalidInput:operations', message, {
    fields: [{ field: 'operations', message: 'must change something' }],
  });
}

function changedMeanwhile(): Failure {
  return new Failure('JobNotEditable', 'The job has gone on meanwhile.', {
    remediation: 'Look at it again, and send the edit once more if it is still wanted.',
  });
}
