import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FilmRequest } from '../setup/command-line.mjs';
import { StackError } from './service.js';
import { eventsIn } from './sse.js';

/** How to reach a gateway. */
export interface Api {
  url: string;
  apiKey?: string;
}

/** What `GET /api/videos/{id}/status` tells, as far as we show it. */
export interface FilmStatus {
  jobId: string;
  status: 'pending' | 'running' | 'completed' | 'failed' | 'canceled';
  progressPercentage: number;
  currentStage: string;
  message: string;
  scenesDone: number;
  scenesTotal: number;
  etaSeconds: number | null;
  processingSteps: { stage: string; status: string; progress: number; message: string }[];
  error: { code: string; message: string; remediation: string } | null;
  warnings: { message: string }[];
}

/** What the correlation ids of our own orders begin with: so the job itself tells that this command line began it. */
export const OUR_ORDERS = 'npm-start-';

export interface Ordered {
  jobId: string;
  targetSeconds: number;
}

/** Orders a film and gives its job's id, and how long the film is to be. Throws a StackError with the words of the gateway. */
export async function orderFilm(api: Api, brief: string, request: FilmRequest): Promise<Ordered> {
  const response = await call(api, '/api/videos/generate', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-correlation-id': `${OUR_ORDERS}${randomUUID()}`,
    },
    body: JSON.stringify({ brief, ...request }),
  });
  return (await response.json()) as Ordered;
}

export async function filmStatus(api: Api, jobId: string): Promise<FilmStatus> {
  return (await call(api, `/api/videos/${jobId}/status`)).json() as Promise<FilmStatus>;
}

/** The gateway has refused; asked again it would refuse again. */
export class Refusal extends StackError {}

/** Asks the gateway. Throws in the words of its problem document; a Refusal where that is final. */
export async function call(api: Api, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (api.apiKey) headers.set('authorization', `Bearer ${api.apiKey}`);
  const response = await fetch(`${api.url}${path}`, { ...init, headers });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const fields = problem.errors?.map(({ field, message }) => `${field} ${message}`) ?? [];
  const reason = fields.join(', ') || problem.detail || problem.title || response.statusText;
  const isFinal = response.status < 500 && response.status !== 429;
  throw new (isFinal ? Refusal : StackError)(`The gateway answers ${response.status}: ${reason}`);
}

const ASK_AGAIN_MS = 500;

/** Asks until there is an answer, because parts of the stack may be away for a while. Rejects with what asking again would not change, or the signal's reason. */
export async function answered<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
    await sleep(ASK_AGAIN_MS, undefined, { signal });
  }
}

/** What a gateway says that lacks its database, and what `fetch` says of a connection that is not or no longer there. */
function isPassing(error: unknown): boolean {
  if (error instanceof StackError) return !(error instanceof Refusal);
  return error instanceof Error && /^(fetch failed|terminated)$/.test(error.message);
}

interface Problem {
  title?: string;
  detail?: string;
  errors?: { field: string; message: string }[];
}

interface FollowOptions {
  /** Called at each change, at most twice a second. */
  onStatus?: (status: FilmStatus) => void;
  signal: AbortSignal;
}

const ASK_EVERY_MS = 500;

/**
 * Follows the event stream of a job until its end and gives its last status. A gateway that goes away is
 * asked again until it is back. Rejects with a Refusal or the signal's reason.
 */
export async function followFilm(
  api: Api,
  jobId: string,
  { onStatus, signal }: FollowOptions,
): Promise<FilmStatus> {
  let lastId = '0';
  let askedAt = 0;
  const follow = async (): Promise<FilmStatus> => {
    for await (const { id, event } of await openStream(api, jobId, lastId, signal)) {
      const isLast = event === 'done' || event === 'error';
      if (isLast || Date.now() - askedAt >= ASK_EVERY_MS) {
        askedAt = Date.now();
        const status = await filmStatus(api, jobId);
        onStatus?.(status);
        if (hasEnded(status)) return status;
      }
      lastId = id ?? lastId;
    }
    throw new StackError('the stream has ended early');
  };
  return answered(follow, signal);
}

function hasEnded({ status }: FilmStatus): boolean {
  return status !== 'pending' && status !== 'running';
}

async function openStream(api: Api, jobId: string, lastId: string, signal: AbortSignal) {
  const headers = { accept: 'text/event-stream', 'last-event-id': lastId };
  const response = await call(api, `/api/videos/${jobId}/stream`, { headers, signal });
  return eventsIn(response.body!);
}
