import {
  createJob,
  dayLeftUsd,
  freshWorkers,
  isPassing,
  lockAssets,
  transact,
  useAssets,
  type Database,
  type JobFiling,
  type Transaction,
} from '@aura/database';
import type { MakeVideoInput } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { claimKey, hashOf, type Claim } from '../jobs/idempotency.js';
import type { Stored } from '../stored/stored.js';
import { outlineOf } from './film-outline.js';
import type { GenerateRequest } from './generate-request.js';
import type { PresetName } from './making-options.js';
import { newJobId } from './job-id.js';
import { orderFrom, type Order } from './order.js';
import { requireFilm } from './timeline/check-request.js';
import { namesProviders, unusableChoice } from './unusable-choice.js';
import { namesLanguage, unspokenLanguage } from './unspoken-language.js';
import { materialOf, withMaterial, type Material } from './used-files.js';

export interface Accepted {
  jobId: string;
  correlationId: string;
  createdAt: Date;
  /** How long its film is to be. */
  targetDurationMs: number;
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
  /** What all jobs of a day may spend together, in US dollars. */
  dayBudgetUsd?: number | undefined;
  /** Has the outbox looked at. */
  wakeOutbox: () => void;
}

export interface Caller {
  correlationId: string;
  idempotencyKey: string | undefined;
  /** What the key stands for, where it is not this request to generate. */
  claimed?: Pick<Claim, 'route' | 'requestHash'>;
  /** What the job takes over from another one, beside what is asked for. */
  takesOver?: TakenOver | undefined;
}

export interface TakenOver {
  into: (order: Order) => Order;
  /** The uploaded files that this needs. */
  assetIds: readonly string[];
}

const ROUTE = 'POST /api/videos/generate';

/**
 * Accepts a request: when this returns, the job is durable and will be begun, whatever ends next. Repeated
 * with the same key it gives the same job, also when the requests arrive at the same time.
 * Errors: InvalidInput (also for providers that are named and cannot be used, or that the budget does not hold, and a language that nobody speaks),
 * CIRCUIT_OPEN for one that is named and left alone for the moment, IdempotencyKeyReused, DatabaseUnavailable.
 */
export class Generate {
  constructor(private readonly deps: GenerateDependencies) {}

  async accept(request: GenerateRequest, caller: Caller): Promise<Accepted> {
    const { correlationId, idempotencyKey: key, claimed, takesOver } = caller;
    const jobId = newJobId(Date.now());
    const job = { videoId: jobId, run: 1, tenantId: this.deps.tenantId, correlationId };
    const input = { job, ...orderFrom(request, this.deps.preset) };
    requireFilm(request, input);
    const material = await materialOf(request, this.deps.store);
    const { tenantId } = this.deps;
    const given = claimed ?? { route: ROUTE, requestHash: hashOf(request) };
    const claim = key === undefined ? undefined : { key, tenantId, ...given };
    if (claim === undefined) await this.checkChoice(input, request, this.deps.database);
    const accepted =
      claim === undefined && !hasMaterial(material) && !takesOver
        ? await this.store(input, filingOf(request))
        : await this.storeWith(input, material, { claim, takesOver });
    if (!accepted.replayed) this.deps.wakeOutbox();
    return accepted;
  }

  /** What is known to be in vain is told at once, and not by a job that fails. Errors: InvalidInput:options.providers, CIRCUIT_OPEN, FilmQuotaExceeded. */
  private async checkChoice(
    input: MakeVideoInput,
    request: GenerateRequest,
    database: Database | Transaction,
  ): Promise<void> {
    const { stored, jobBudgetUsd, dayBudgetUsd, tenantId } = this.deps;
    await stored.checkRoom(database);
    if (!namesProviders(input) && !namesLanguage(request)) return;
    const workers = await freshWorkers(database);
    const unspoken = unspokenLanguage(request, input, workers);
    if (unspoken) throw unspoken;
    const capUsd = input.budget?.capUsd ?? jobBudgetUsd;
    const left = await dayLeftUsd(database, tenantId, dayBudgetUsd);
    const purse = { film: outlineOf(request, input), capUsd, dayLeftUsd: left };
    const failure = unusableChoice(input, workers, purse);
    if (failure) throw failure;
  }

  /** One statement is a transaction of its own; only where it failed in passing it is worth a longer one. */
  private async store(input: MakeVideoInput, filing: JobFiling): Promise<Accepted> {
    const { database } = this.deps;
    try {
      return newlyAccepted(input, await createJob(database, input, filing));
    } catch (error) {
      if (!isPassing(error)) throw error;
      return newlyAccepted(input, await transact(database, (tx) => createJob(tx, input, filing)));
    }
  }

  /** Job, key and the use of files are written together, or not at all. */
  private storeWith(
    input: MakeVideoInput,
    material: Material,
    { claim, takesOver }: { claim: Claim | undefined; takesOver: TakenOver | undefined },
  ): Promise<Accepted> {
    return transact(this.deps.database, async (tx) => {
      const earlier = claim && (await claimKey(tx, claim, input.job.videoId));
      if (earlier) return earlier;
      // By the same connection: one that holds its own while it waits for another may wait for itself.
      if (claim) await this.checkChoice(input, material.request, tx);
      const { order, assetIds } = await withMaterial(tx, input, material);
      const whole = takesOver ? { ...takesOver.into(order), job: order.job } : order;
      const { tenantId } = input.job;
      const also = takesOver ? await lockAssets(tx, tenantId, [...takesOver.assetIds]) : new Map();
      const created = await createJob(tx, whole, filingOf(material.request));
      await useAssets(tx, input.job.videoId, [...new Set([...assetIds, ...also.keys()])]);
      return newlyAccepted(input, created);
    });
  }
}

/** The request is kept, so that another can be made from it. */
function filingOf(request: GenerateRequest): JobFiling {
  const { tags, autoRetry } = request.options ?? {};
  return { tags: tags ?? [], autoRetry: autoRetry ?? 0, request };
}

function hasMaterial({ files, texts, translations, request }: Material): boolean {
  return files.length + texts.size > 0 || Boolean(translations ?? request.timeline);
}

function newlyAccepted(
  { job, plan }: MakeVideoInput,
  { createdAt }: { createdAt: Date },
): Accepted {
  const { videoId: jobId, correlationId } = job;
  const { targetDurationMs } = plan;
  return { jobId, correlationId, createdAt, targetDurationMs, replayed: false };
}
