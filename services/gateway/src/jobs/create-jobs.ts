import { transact, type Database } from '@aura/database';
import type { Stored } from '../stored/stored.js';
import { invalidInput } from '../problem/invalid-input.js';
import type { Accepted, Caller, Generate } from '../videos/generate.js';
import { newJobId } from '../videos/job-id.js';
import { copyJob, jobToCopy } from './copy-job.js';
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
      const base = fromJob == null ? undefined : await this.requestOf(fromJob);
      return generate.accept(generateRequestOf(request, base), { ...caller, claimed });
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
      await stored.checkRoom();
      return copyJob(tx, old, { videoId, run: 1, tenantId, correlationId }, tags);
    });
    if (!accepted.replayed) wakeOutbox();
    return accepted;
  }

  private async requestOf(fromJob: string): Promise<object> {
    const { database, tenantId } = this.deps;
    const old = await transact(database, (tx) => jobToCopy(tx, fromJob, tenantId));
    if (old.request) return { ...(old.request as object), ...tagsOf(old) };
    const message = 'was made before requests were kept: send all that the new job is to have';
    throw invalidInput([{ path: ['fromJob'], message }]);
  }
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
