import { transact, type Database } from '@aura/database';
import type { Stored } from '../stored/stored.js';
import { invalidInput } from '../problem/invalid-input.js';
import { carriedEdits } from '../edits/carry-edits.js';
import type { Accepted, Caller, Generate, TakenOver } from '../videos/generate.js';
import { newJobId } from '../videos/job-id.js';
import type { Order } from '../videos/order.js';
import { copyJob, jobToCopy, type CopiedJob } from './copy-job.js';
import { generateRequestOf, hasOverrides, type CreateJobRequest } from './create-request.js';
import { claimKey, earlierJob, hashOf, type Claim } from './idempotency.js';

interface CreateJobsDependencies {
  database: Database;
  generate: Pick<Generate, 'accept'>;
  stored: Pick<Stored, 'checkRoom'>;
  tenantId: string;
  /** Has the outbox looked at. */
  wakeOutbox: () => void;
}

const ROUTE = 'POST /api/jobs';

/**
 * Makes jobs: from a brief, a preset, a script, a timeline, or the inputs of another job. As with a request to generate
 * they are durable when this returns. Errors: those of `Generate`, JobNotFound.
 */
export class CreateJobs {
  constructor(private readonly deps: CreateJobsDependencies) {}

  async accept(request: CreateJobRequest, caller: Caller): Promise<Accepted> {
    const { database, generate, tenantId } = this.deps;
    const { fromJob } = request;
    const claimed = {
      route: ROUTE,
      requestHash: hashOf(request, { doNullsCount: fromJob != null }),
    };
    const { idempotencyKey: key } = caller;
    const claim = key === undefined ? undefined : { tenantId, key, ...claimed };
    // The job that is copied may be gone by now; the answer to a repeated request is not.
    const earlier = fromJob != null && claim && (await earlierJob(database, claim));
    if (earlier) return earlier;
    if (fromJob == null || hasOverrides(request)) {
      const old = fromJob == null ? undefined : await this.jobOf(fromJob);
      const wanted = generateRequestOf(request, old && requestOf(old));
      const takesOver = old && takenOver(old, request);
      return generate.accept(wanted, { ...caller, claimed, takesOver });
    }
    return this.copy(fromJob, { claim, tags: request.tags ?? undefined, ...caller });
  }

  /** The very same order, however it was made. */
  private async copy(
    fromJob: string,
    { claim, tags, correlationId }: CopyOrder,
  ): Promise<Accepted> {
    const { database, stored, tenantId, wakeOutbox } = this.deps;
    const videoId = newJobId(Date.now());
    const accepted = await transact(database, async (tx) => {
      const earlier = claim && (await claimKey(tx, claim, videoId));
      if (earlier) return earlier;
      const old = await jobToCopy(tx, fromJob, tenantId);
      await stored.checkRoom(tx);
      return copyJob(tx, old, { videoId, run: 1, tenantId, correlationId }, tags);
    });
    if (!accepted.replayed) wakeOutbox();
    return accepted;
  }

  private jobOf(jobId: string): Promise<CopiedJob> {
    const { database, tenantId } = this.deps;
    return transact(database, (tx) => jobToCopy(tx, jobId, tenantId));
  }
}

/** Errors: InvalidInput:fromJob. */
function requestOf(old: CopiedJob): object {
  if (old.request) return { ...(old.request as object), ...tagsOf(old) };
  const message = 'was made before requests were kept: send all that the new job is to have';
  throw invalidInput([{ path: ['fromJob'], message }]);
}

/** What was edited of its film is nowhere in its request. */
function takenOver(old: CopiedJob, request: CreateJobRequest): TakenOver | undefined {
  const into = carriedEdits(old.order as unknown as Order, request);
  return into && { into, assetIds: old.assets.map(({ assetId }) => assetId) };
}

interface CopyOrder {
  claim: Claim | undefined;
  tags: string[] | undefined;
  correlationId: string;
}

/** A copy may have been filed otherwise than its request said. */
function tagsOf({ request, tags }: { request: unknown; tags: string[] }): object {
  const { options } = request as { options?: object };
  return tags.length > 0 || options ? { options: { ...options, tags } } : {};
}
