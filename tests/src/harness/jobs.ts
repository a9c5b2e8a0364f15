import type { JobEventData } from '@aura/proto';
import { isTerminal } from '@aura/proto';
import type { Stack } from './stack.js';
import { until } from './wait.js';

/** What is wanted otherwise than in every small film. */
export interface SmallFilm {
  brief?: string;
  scenes?: 1 | 2;
  seconds?: number;
  options?: Record<string, unknown>;
  voiceId?: string;
  style?: string;
}

/** What `GET /api/videos/{id}/status` answers. */
export interface Status {
  jobId: string;
  status: string;
  progressPercentage: number;
  currentStage: string;
  videoUrl: string | null;
  errorMessage: string | null;
  processingSteps: { name: string; status: string; percent?: number }[];
  createdAt: string;
  completedAt: string | null;
  correlationId: string;
  [more: string]: unknown;
}

export interface Problem {
  status: number;
  code: string;
  title: string;
  correlationId: string;
  [more: string]: unknown;
}

/** One row of the durable event log. */
export interface LoggedEvent {
  seq: number;
  type: string;
  data: JobEventData;
  at: Date;
}

let films = 0;

/**
 * A request for a film of one short scene, or two, that nobody has asked for before, so that no work of another test
 * is found again. It asks for more than there is to say: such a film is never written twice.
 */
export function smallFilm({ brief, scenes = 1, seconds, options = {}, ...rest }: SmallFilm = {}) {
  films += 1;
  return {
    brief: brief ?? freshBrief(films, scenes),
    durationMinutes: Math.max(0.083, (seconds ?? 4 + 2 * scenes) / 60),
    options: { quality: 'draft', fps: 12, ...options },
    ...rest,
  };
}

const COLOURS = ['amber', 'azure', 'crimson', 'green', 'ivory', 'violet', 'silver', 'golden'];
const SHIPS = ['boat', 'ferry', 'barge', 'yacht', 'canoe', 'tug', 'sloop', 'liner'];
const ENDS = ['at dawn', 'at noon', 'at dusk', 'at night'];

function freshBrief(number: number, scenes: number): string {
  const ship = `${nth(COLOURS, number)} ${nth(SHIPS, number / COLOURS.length)}`;
  const end = nth(ENDS, number / COLOURS.length / SHIPS.length);
  const first = `The ${ship} leaves ${end}.`;
  return scenes === 1 ? first : `# Leaving\n\n${first}\n\n# Home\n\nThe ${ship} comes home ${end}.`;
}

function nth(words: readonly string[], number: number): string {
  return words[Math.floor(number) % words.length]!;
}

export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
}

/** Orders a film and gives the job's id. Fails where it is not accepted. */
export async function generate(
  { url }: Pick<Stack, 'url'>,
  film: SmallFilm = {},
  headers: Record<string, string> = {},
): Promise<string> {
  const response = await post(`${url}/api/videos/generate`, smallFilm(film), headers);
  if (response.status !== 202) {
    throw new Error(`generate answered ${response.status}: ${await response.text()}`);
  }
  return ((await response.json()) as { jobId: string }).jobId;
}

export async function statusOf({ url }: Pick<Stack, 'url'>, id: string): Promise<Status> {
  const response = await fetch(`${url}/api/videos/${id}/status`, {
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`status answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Status;
}

/** What `GET /api/videos/{id}/metadata` answers, as far as tests look at it. */
export interface Metadata {
  jobId: string;
  scenes: number;
  downgrades: {
    stage: string;
    sceneId: string | null;
    unit: string | null;
    asked: string;
    used: string;
    code: string;
  }[];
  cost: {
    usd: number;
    possibleUsd: number;
    calls: number;
    byProvider: {
      provider: string;
      model: string;
      calls: number;
      /** Sent as well, and not accepted. */
      refused?: number;
      usd: number;
      characters: number;
      inputTokens: number;
      outputTokens: number;
      pictures: number;
    }[];
    unknown: { provider: string; worstUsd: number }[];
  } | null;
  warnings: { code: string; message: string }[];
  analysis: { by: string; scenes: { sceneId: string }[] } | null;
}

export async function metadataOf({ url }: Pick<Stack, 'url'>, id: string): Promise<Metadata> {
  const response = await fetch(`${url}/api/videos/${id}/metadata`);
  return (await response.json()) as Metadata;
}

export function cancel({ url }: Pick<Stack, 'url'>, id: string): Promise<Response> {
  return post(`${url}/api/videos/${id}/cancel`, undefined);
}

/** To ask more often costs a gateway as much as a film costs a worker. */
const LOOK_MS = 250;

/** Waits until the job has ended, however it has ended, and gives its last status. */
export async function untilTerminal(
  stack: Pick<Stack, 'url'>,
  id: string,
  withinMs = 60_000,
): Promise<Status> {
  let last: Status | undefined;
  const ended = async () => {
    last = await statusOf(stack, id);
    return ['completed', 'failed', 'canceled'].includes(last.status) ? last : undefined;
  };
  return until(`job ${id} ends`, ended, withinMs, LOOK_MS).catch((error: Error) => {
    throw new Error(`${error.message}; its last status: ${JSON.stringify(last)}`, { cause: error });
  });
}

/** Waits for the end and fails, with the reason, where that is not success. */
export async function untilSucceeded(
  stack: Pick<Stack, 'url'>,
  id: string,
  withinMs?: number,
): Promise<Status> {
  const status = await untilTerminal(stack, id, withinMs);
  if (status.status === 'completed') return status;
  throw new Error(`Job ${id} has ended as ${status.status}: ${JSON.stringify(status)}`);
}

/** The states that the job's log says it went through, each once. */
export function statesIn(log: readonly LoggedEvent[]): string[] {
  const states = log.flatMap(({ data }) =>
    data.type === 'job-status' || data.type === 'job-completed' || data.type === 'job-failed'
      ? [data.state]
      : [],
  );
  return states.filter((state, index) => state !== states[index - 1]);
}

/**
 * What must hold for every log that there is: numbered from 1 without a gap, a percentage that never falls and
 * is 100 only at success, one end at most and nothing after it. Gives what is wrong.
 */
export function logFaults(log: readonly LoggedEvent[]): string[] {
  const faults: string[] = [];
  let percent = 0;
  for (const [index, { seq, data }] of log.entries()) {
    if (seq !== index + 1) faults.push(`event ${index + 1} has number ${seq}`);
    if (data.percent < percent)
      faults.push(`event ${seq}: ${percent} % falls to ${data.percent} %`);
    percent = data.percent;
    if ((percent === 100) !== (data.type === 'job-completed')) {
      faults.push(`event ${seq} (${data.type}) has ${percent} %`);
    }
    const ends = 'state' in data && data.type.startsWith('job-') && isTerminal(data.state);
    if (ends && index < log.length - 1)
      faults.push(`event ${seq} ends the job and is not the last`);
  }
  return faults;
}
