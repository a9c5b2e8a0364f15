import { createHash } from 'node:crypto';
import {
  createJob,
  freshWorkers,
  IDEMPOTENCY_HOURS,
  isPassing,
  transact,
  useAssets,
  type Database,
  type Transaction,
} from '@aura/database';
import { Failure } from '@aura/failure';
import type { MakeVideoInput } from '@aura/proto';
import { canonicalJson, type ArtifactStore } from '@aura/storage';
import type { Stored } from '../stored/stored.js';
import { outlineOf } from './film-outline.js';
import type { GenerateRequest } from './generate-request.js';
import type { PresetName } from './making-options.js';
import { newJobId } from './job-id.js';
import { orderFrom } from './order.js';
import { requireFilm } from './timeline/check-request.js';
import { namesProviders, unusableChoice } from './unusable-choice.js';
import { materialOf, withMaterial, type Material } from './used-files.js';

export interface Accepted {
  jobId: string;
  correlationId: string;
  createdAt: Date;
  /** True where an earlier request with the same Idempotency-Key made this job. */
  replayed: boolean;
}

interface GenerateDependencies {
  database: Database;
  store: ArtifactStore;
  stored: Pick<Stored, 'checkRoom'>;
  tenantId: string;
  /** What fills in requests that name no preset. */
  preset?: PresetName;
  /** What a job may spend that names no budget, in US dollars. */
  jobBudgetUsd?: number | undefined;
  /** Has the outbox looked at. */
  wakeOutbox: () => void;
}

export interface Caller {
  correlationId: string;
  idempotencyKey: string | undefined;
}

interface Claim {
  key: string;
  jobId: string;
  requestHash: string;
}

const ROUTE = 'POST /api/videos/generate';

/**
 * Accepts a request: when this returns, the job is durable and will be begun, whatever ends next. Repeated
 * with the same key it gives the same job, also when the requests arrive at the same time.
 * Errors: InvalidInput (also for providers that are named and cannot be used, or that the budget does not hold),
 * CIRCUIT_OPEN for one that is named and left alone for the moment, IdempotencyKeyReused, DatabaseUnavailable.
 */
export class Generate {
  constructor(private readonly deps: GenerateDependencies) {}

  async accept(request: GenerateRequest, caller: Caller): Promise<Accepted> {
    const { correlationId, idempotencyKey: key } = caller;
    const jobId = newJobId(Date.now());
    const job = { videoId: jobId, run: 1, tenantId: this.deps.tenantId, correlationId };
    const input = { job, ...orderFrom(request, this.deps.preset) };
    requireFilm(request, input);
    const material = await materialOf(request, this.deps.store);
    const claim = key === undefined ? undefined : { key, jobId, requestHash: hashOf(request) };
    if (claim === undefined) await this.checkChoice(input, request);
    const accepted =
      claim === undefined && !hasMaterial(material)
        ? await this.store(input)
        : await this.storeWith(input, material, claim);
    if (!accepted.replayed) this.deps.wakeOutbox();
    return accepted;
  }

  /** What is known to be in vain is told at once, and not by a job that fails. Errors: InvalidInput:options.providers, CIRCUIT_OPEN, FilmQuotaExceeded. */
  private async checkChoice(input: MakeVideoInput, request: GenerateRequest): Promise<void> {
    await this.deps.stored.checkRoom();
    if (!namesProviders(input)) return;
    const { database, jobBudgetUsd } = this.deps;
    const capUsd = input.budget?.capUsd ?? jobBudgetUsd;
    const purse = { film: outlineOf(request, input), capUsd };
    const failure = unusableChoice(input, await freshWorkers(database), purse);
    if (failure) throw failure;
  }

  /** One statement is a transaction of its own; only where it failed in passing it is worth a longer one. */
  private async store(input: MakeVideoInput): Promise<Accepted> {
    const { database } = this.deps;
    try {
      return newlyAccepted(input, await createJob(database, input));
    } catch (error) {
      if (!isPassing(error)) throw error;
      return newlyAccepted(input, await transact(database, (tx) => createJob(tx, input)));
    }
  }

  /** Job, key and the use of files are written together, or not at all. */
  private storeWith(
    input: MakeVideoInput,
    material: Material,
    claim: Claim | undefined,
  ): Promise<Accepted> {
    return transact(this.deps.database, async (tx) => {
      const earlier = claim && (await this.claim(tx, claim));
      if (earlier) return earlier;
      if (claim) await this.checkChoice(input, material.request);
      const { order, assetIds } = await withMaterial(tx, input, material);
      const created = await createJob(tx, order);
      await useAssets(tx, input.job.videoId, assetIds);
      return newlyAccepted(input, created);
    });
  }

  /**
   * Takes the key for this job. Whoever comes second waits here until the first has committed, and then
   * gets its job; undefined where the key was free.
   */
  private async claim(tx: Transaction, claim: Claim): Promise<Accepted | undefined> {
    const { key, jobId, requestHash } = claim;
    const { tenantId } = this.deps;
    const taken = await tx.$executeRaw`
      INSERT INTO idempotency_keys AS old (tenant_id, route, key, request_hash, job_id)
      VALUES (${tenantId}, ${ROUTE}, ${key}, ${requestHash}, ${jobId}::uuid)
      ON CONFLICT (tenant_id, route, key) DO UPDATE
      SET request_hash = excluded.request_hash, job_id = excluded.job_id,
          created_at = excluded.created_at
      WHERE old.created_at < clock_timestamp() - ${IDEMPOTENCY_HOURS} * interval '1 hour'`;
    if (taken === 1) return undefined;
    const id = { tenantId, route: ROUTE, key };
    const first = await tx.idempotencyKey.findUniqueOrThrow({ where: { tenantId_route_key: id } });
    if (first.requestHash !== requestHash) {
      throw new Failure('IdempotencyKeyReused', 'This key came with another body before.');
    }
    const job = await tx.job.findUniqueOrThrow({
      where: { id: first.jobId },
      select: { correlationId: true, createdAt: true },
    });
    return { jobId: first.jobId, ...job, replayed: true };
  }
}

function hasMaterial({ files, texts, translations, request }: Material): boolean {
  return files.length + texts.size > 0 || Boolean(translations ?? request.timeline);
}

function newlyAccepted({ job }: MakeVideoInput, { createdAt }: { createdAt: Date }): Accepted {
  return { jobId: job.videoId, correlationId: job.correlationId, createdAt, replayed: false };
}

/** Equal for bodies that mean the same: the order of members and null for absent do not count. */
export function hashOf(request: GenerateRequest): string {
  return createHash('sha256')
    .update(canonicalJson(withoutNulls(request)))
    .digest('hex');
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member != null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}

/** The `Idempotency-Key` header: 1 to 255 printable ASCII characters. */
export function idempotencyKeyOf(header: string | undefined): string | undefined {
  if (header === undefined || /^[\x20-\x7e]{1,255}$/.test(header)) return header;
  const message = 'must be 1 to 255 printable ASCII characters';
  throw new Failure('InvalidInput:Idempotency-Key', `Idempotency-Key ${message}.`, {
    fields: [{ field: 'Idempotency-Key', message }],
  });
}
