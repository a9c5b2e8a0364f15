import { setTimeout as sleep } from 'node:timers/promises';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Database } from '@aura/database';
import { Failure } from '@aura/failure';
import type { Request, Response } from 'express';
import { defer, lastValueFrom, type Observable } from 'rxjs';
import { hashOf, idempotencyKeyOf } from '../jobs/idempotency.js';
import { VIDEO_PATHS } from '../videos/video-routes.js';
import { REPEATS } from './repeats.js';
import {
  answerFor,
  extendLease,
  freeKey,
  keepReply,
  LEASE_MS,
  takeKey,
  type Repeatable,
  type Reply,
} from './stored-replies.js';

interface RepetitionDependencies {
  database: Database;
  tenantId: string;
  /** How long a request waits for the answer to an equal one, ms. */
  waitMs: number;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOK_AGAIN_MS = 50;
const LOOK_AGAIN_AT_MOST_MS = 500;

/**
 * Answers a request that changes something, and comes again with its Idempotency-Key, with what was answered the first
 * time, for a day. One that comes while the first is being answered waits. What was refused (4xx, 5xx) is tried anew:
 * nothing has happened yet. Errors: IdempotencyKeyReused, IdempotencyKeyInUse.
 */
export class Repetition implements NestInterceptor {
  constructor(private readonly deps: RepetitionDependencies) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const key = keyOf(request);
    if (key === undefined || Reflect.hasMetadata(REPEATS, context.getHandler())) {
      return next.handle();
    }
    const claim = claimOf(request, { key, tenantId: this.deps.tenantId });
    const response = http.getResponse<Response>();
    return defer(() => this.answer(claim, response, next));
  }

  private async answer(claim: Repeatable, response: Response, next: CallHandler): Promise<unknown> {
    const reply = await this.replyOrTurn(claim);
    if (!reply) return this.firstAnswer(claim, response, next);
    response.status(reply.status).setHeader('Idempotency-Replayed', 'true');
    if (reply.location !== null) response.setHeader('Location', reply.location);
    return reply.body ?? undefined;
  }

  /** Undefined for the one who has the key to himself. */
  private async replyOrTurn(claim: Repeatable): Promise<Reply | undefined> {
    const { database, waitMs } = this.deps;
    const until = Date.now() + waitMs;
    for (let pauseMs = LOOK_AGAIN_MS; ; pauseMs = Math.min(pauseMs * 2, LOOK_AGAIN_AT_MOST_MS)) {
      const found = await takeKey(database, claim);
      if (found === 'taken') return undefined;
      if (found !== 'busy') return found;
      if (Date.now() >= until) break;
      await sleep(pauseMs);
    }
    throw new Failure('IdempotencyKeyInUse', 'The first request with this key is being answered.', {
      retryAfterMs: 1_000,
    });
  }

  private async firstAnswer(
    claim: Repeatable,
    response: Response,
    next: CallHandler,
  ): Promise<unknown> {
    const { database } = this.deps;
    const extending = setInterval(() => {
      extendLease(database, claim).catch(() => undefined);
    }, LEASE_MS / 3);
    try {
      const body: unknown = await answerFor(claim, () =>
        lastValueFrom(next.handle(), { defaultValue: undefined }),
      );
      const location = response.getHeader('Location');
      const kept = {
        status: response.statusCode,
        location: typeof location === 'string' ? location : null,
        body: (body as object | null | undefined) ?? null,
      };
      // It has happened: whoever asked is told, also where the answer cannot be kept for later.
      await keepReply(database, claim, kept).catch(() => undefined);
      return body;
    } catch (error) {
      // Where the database is away the lease frees it.
      await freeKey(database, claim).catch(() => undefined);
      throw error;
    } finally {
      clearInterval(extending);
    }
  }
}

/** The key of a request that changes something. Errors: InvalidInput. */
function keyOf(request: Request): string | undefined {
  if (SAFE.has(request.method)) return undefined;
  return idempotencyKeyOf(request.get('Idempotency-Key'));
}

function claimOf(
  request: Request,
  { key, tenantId }: { key: string; tenantId: string },
): Repeatable {
  const { method, params, query, body } = request;
  const { path } = request.route as { path: string };
  const isAlias = path.startsWith(`${VIDEO_PATHS.alias}/`);
  const resource = isAlias ? VIDEO_PATHS.documented + path.slice(VIDEO_PATHS.alias.length) : path;
  const named = { params: { ...params }, query: { ...query }, body: (body as unknown) ?? null };
  const requestHash = hashOf(named, { doNullsCount: true });
  // What is said of a job goes with the job; that it was deleted does not.
  const { id } = params;
  const isOfJob = /^\/api\/(jobs|videos)\//.test(resource) && method !== 'DELETE';
  const jobId = isOfJob && typeof id === 'string' && UUID.test(id) ? id : undefined;
  return { tenantId, route: `${method} ${resource}`, key, requestHash, jobId };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
