import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  ALL_STAGES,
  freePorts,
  generate,
  query,
  startStack,
  until,
  untilSucceeded,
  type Part,
  type Stack,
} from './harness/index.js';

/** Every check of readiness is made to fail once, by taking away what it looks at. */
const CHECKS = ['Startup', 'Database', 'Dependencies', 'DiskSpace', 'Memory', 'Providers'] as const;
type CheckName = (typeof CHECKS)[number];

interface Readiness {
  status: string;
  checks: Record<CheckName, string>;
  details: Record<CheckName, string>;
}
let stack: Stack;
/** Waits for its workers all along; no health check may change it. */
let waiting: string;
let before: Record<string, unknown>;

beforeAll(async () => {
  stack = await startStack();
  // Further attempts too: a heartbeat may be missed while Temporal is away.
  const attempts = Array.from({ length: 10 }, () =>
    stack.barrier.hold({ checkpoint: 'before', unit: 'assembleFilm' }),
  );
  waiting = await generate(stack);
  await attempts[0]!.reached();
  before = await until('the record is quiet', async () => {
    const row = await rowOf(waiting);
    await sleep(500);
    return isDeepStrictEqual(row, await rowOf(waiting)) && row;
  });
}, 120_000);

afterAll(() => stack?.stop(), 60_000);

async function rowOf(id: string): Promise<Record<string, unknown>> {
  const [row] = await query(stack, 'SELECT * FROM jobs WHERE id = $1', [id]);
  return row!;
}

async function readiness(url = stack.url): Promise<{ code: number; body: Readiness }> {
  const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(10_000) });
  return { code: response.status, body: (await response.json()) as Readiness };
}

/** Waits until exactly these checks fail, and holds the answer against the shape that was agreed. */
async function expectFailing(names: CheckName[], url = stack.url): Promise<Readiness> {
  const { code, body } = await until(`${names.join(' and ')} of /health/ready fail`, async () => {
    const answer = await readiness(url);
    const bad = CHECKS.filter((name) => answer.body.checks[name] === 'Unhealthy');
    return bad.join() === names.join() ? answer : undefined;
  });
  expect(Object.keys(body)).toEqual(['status', 'checks', 'details']);
  expect(Object.keys(body.checks)).toEqual([...CHECKS]);
  expect(Object.keys(body.details)).toEqual([...CHECKS]);
  expect([code, body.status]).toEqual(names.length > 0 ? [503, 'Unhealthy'] : [200, 'Healthy']);
  return body;
}

async function withGateway(env: NodeJS.ProcessEnv, look: (url: string) => Promise<void>) {
  const [port] = await freePorts(1);
  const gateway: Part = stack.addGateway(port!);
  await gateway.start(env);
  try {
    await look(`http://127.0.0.1:${port}`);
  } finally {
    await gateway.stop();
  }
}

test('with everything there, all checks are well and the answer has its agreed shape', async () => {
  await expectFailing([]);
});

test('a worker that starts where all is well has nothing to warn of', async () => {
  const log = await readFile(path.join(stack.home, `logs/worker-${ALL_STAGES}.log`), 'utf8');
  const lines = log.split('\n').filter((line) => line.startsWith('{'));
  const told = lines.map((line) => JSON.parse(line) as { level: number; msg: string; by?: string });
  expect(told.map(({ msg }) => msg)).toContain('worker ready');
  // What workflows say is of their jobs; a query may be slow where the machine is busy.
  const ofWorker = told.filter(({ msg, by }) => by === undefined && msg !== 'slow query');
  expect(ofWorker.filter(({ level }) => level > 30)).toEqual([]);
});

test.each([
  ['DiskSpace', { AURA_MIN_FREE_DISK_MB: '900000000' }],
  ['Memory', { AURA_MIN_FREE_MEMORY_MB: '900000000' }],
] as const)('%s is unhealthy where too little is free', async (name, env) => {
  await withGateway(env, async (url) => void (await expectFailing([name], url)));
});

test('Startup is unhealthy while migrations are missing, and Database is not', async () => {
  const empty = stack.databaseUrl.replace(/\/aura$/, '/not_migrated');
  await query(stack, 'CREATE DATABASE not_migrated');
  await withGateway({ DATABASE_URL: empty }, async (url) => {
    const { checks } = await until('Startup fails', async () => {
      const { body } = await readiness(url);
      return body.checks.Startup === 'Unhealthy' && body;
    });
    expect(checks.Database).toBe('Healthy');
  });
});

test('Database is unhealthy while PostgreSQL is stopped, with what can no longer be read, and recovers', async () => {
  await stack.postgres.stop();
  const { checks } = await expectFailing(['Database', 'Dependencies', 'Providers']);
  expect(checks.Startup).toBe('Healthy');
  await stack.postgres.start();
  await expectFailing([]);
}, 120_000);

test('Dependencies is unhealthy while Temporal is stopped, and recovers', async () => {
  await stack.temporal.kill();
  const { details } = await expectFailing(['Dependencies']);
  expect(details.Dependencies).toContain('Temporal');
  await stack.temporal.start();
  await expectFailing([]);
}, 120_000);

test('no health check has changed a job', async () => {
  expect(await rowOf(waiting)).toEqual(before);
  stack.barrier.releaseAll();
  await untilSucceeded(stack, waiting);
}, 120_000);

test('Dependencies is unhealthy without a worker, and Providers where no voice can be used', async () => {
  const [worker] = stack.workers;
  await worker!.stop();
  await query(stack, 'DELETE FROM worker_states');
  await expectFailing(['Dependencies', 'Providers']);

  await worker!.start({ FLITE_PATH: '/nowhere/flite', ESPEAK_PATH: '/nowhere/espeak-ng' });
  const { details } = await expectFailing(['Providers']);
  expect(details.Providers).toContain('voice');
}, 120_000);

test('Dependencies is unhealthy where no machine that encodes has FFmpeg', async () => {
  const [worker] = stack.workers;
  await worker!.stop();
  await query(stack, 'DELETE FROM worker_states');
  await worker!.start({ FFMPEG_PATH: '/nowhere/ffmpeg' });
  const { details } = await until('the worker says that it has no FFmpeg', async () => {
    const { body } = await readiness();
    return body.checks.Dependencies === 'Unhealthy' && /ffmpeg/i.test(body.details.Dependencies)
      ? body
      : undefined;
  });
  expect(details.Dependencies).toMatch(/ffmpeg/i);
}, 120_000);

test('the plain probes answer without looking at anything', async () => {
  expect(await (await fetch(`${stack.url}/ping`)).text()).toBe('pong');
  expect(await (await fetch(`${stack.url}/health`)).json()).toEqual({ status: 'Healthy' });
});
