import { beforeAll, expect, test } from 'vitest';
import { execFile } from 'node:child_process';
import { access, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  cancel,
  eventLog,
  generate,
  historyOf,
  plainStack,
  post,
  query,
  smallFilm,
  until,
  untilSucceeded,
  untilTerminal,
  type Stack,
} from '../harness/index.js';

/** Jobs that go on to their next run, are made from each other, and are deleted. */
let stack: Stack;

beforeAll(async () => {
  stack = await plainStack();
}, 120_000);

async function readJson<T>(address: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`${stack.url}${address}`, init);
  return (await response.json()) as T;
}

test('a job that is deleted leaves no row, no workflow and no file that nobody else has', async () => {
  const film = smallFilm();
  const [id, twin] = [await ordered(film), await ordered(film)];
  for (const one of [id, twin]) await untilSucceeded(stack, one);
  const bytes = async (sha256: string) =>
    access(path.join(stack.home, 'artifacts/blobs', sha256.slice(0, 2), sha256)).then(
      () => true,
      () => false,
    );
  const rows = await query<{ sha256: string }>(
    stack,
    'SELECT sha256 FROM artifacts WHERE job_id = $1',
    [id],
  );
  const remove = (one: string) =>
    readJson<{ workflows: number; events: number; files: Record<string, number> }>(
      `/api/jobs/${one}`,
      { method: 'DELETE' },
    );
  const first = await remove(id);
  expect(first).toMatchObject({ workflows: 1, files: { waiting: 0 } });
  expect(first.files['kept']).toBeGreaterThan(2);
  for (const table of ['steps', 'job_events', 'artifacts', 'outbox']) {
    expect(await query(stack, `SELECT FROM ${table} WHERE job_id = $1`, [id])).toEqual([]);
  }
  deleted.push(id);
  expect(await readdir(path.join(stack.home, 'artifacts/ledger')).catch(() => [])).not.toContain(
    id,
  );
  // The other has the same film, which is still given out; with it the film goes.
  const still = await fetch(`${stack.url}/api/jobs/${twin}/artifacts/video`);
  expect([still.status, (await still.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
  // Films of one length have the same list of small pictures, for example.
  const others = await query<{ sha256: string }>(
    stack,
    'SELECT DISTINCT sha256 FROM artifacts WHERE job_id <> $1',
    [twin],
  );
  const isElsewhere = (sha256: string) => others.some((other) => other.sha256 === sha256);
  const shared = rows.filter(({ sha256 }) => isElsewhere(sha256));
  expect(shared.length).toBeLessThan(rows.length / 2);
  expect(await remove(twin)).toMatchObject({ files: { kept: shared.length, waiting: 0 } });
  for (const { sha256 } of rows) expect(await bytes(sha256)).toBe(isElsewhere(sha256));
  expect(await remove(id)).toMatchObject({ code: 'JobNotFound' });
  const busy = await generate(stack);
  expect(await remove(busy)).toMatchObject({ code: 'JobNotFinished' });
  await cancel(stack, busy);
  await untilTerminal(stack, busy);
}, 120_000);

/** Jobs that were deleted, to be looked for later: Temporal takes its time. */
export const deleted: string[] = [];

async function ordered(film: object): Promise<string> {
  const response = await post(`${stack.url}/api/jobs`, film);
  return ((await response.json()) as { jobId: string }).jobId;
}

test('the next run of a job does not do again what the first has finished', async () => {
  const hold = stack.barrier.hold({ checkpoint: 'before', unit: 'assembleFilm' });
  const id = await generate(stack, { scenes: 2 });
  await hold.reached(60_000);
  await cancel(stack, id);
  await untilTerminal(stack, id);
  hold.release();
  const done = stack.barrier.arrivals.length;
  const answer = await post(`${stack.url}/api/jobs/${id}/retry`, undefined);
  expect([answer.status, await answer.json()]).toMatchObject([202, { jobId: id, run: 2 }]);
  const { progressPercentage } = await untilSucceeded(stack, id);
  expect(progressPercentage).toBe(100);

  const again = stack.barrier.arrivals.slice(done).filter((one) => one.workflowId.includes(id));
  expect(new Set(again.map(({ unit }) => unit))).toEqual(new Set(['preflight', 'assembleFilm']));
  const log = await eventLog(stack, id);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  const { runs } = await readJson<{ runs: object[] }>(`/api/jobs/${id}`);
  expect(runs).toMatchObject([
    { run: 1, state: 'canceled', errorCode: 'Canceled' },
    { run: 2, state: 'succeeded', errorCode: null },
  ]);
  expect((await historyOf(stack, id, 2)).at(-1)).toHaveProperty(
    'workflowExecutionCompletedEventAttributes',
  );
  await until('both histories are exported', async () => {
    const { artifacts } = await readJson<{ artifacts: { kind: string; label: string }[] }>(
      `/api/jobs/${id}/artifacts`,
    );
    const labels = artifacts.filter(({ kind }) => kind === 'history').map(({ label }) => label);
    return labels.includes('') && labels.includes('run-1');
  });
}, 120_000);

test('every line of the page on jobs works as it stands', async () => {
  const page = await readFile(
    path.resolve(import.meta.dirname, '../../../docs/api/jobs.md'),
    'utf8',
  );
  const lines = Array.from(page.matchAll(/```sh\n(.*?)```/gs), ([, block]) => block);
  const env = { ...process.env, AURA: stack.url, TMPDIR: stack.home };
  const script = ['set -euo pipefail', ...lines].join('\n');
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { env, timeout: 110_000 });
  for (const told of [
    'event: done',
    '"title"',
    '"next"',
    '"run":2',
    '"workflows":2',
    'stage begun',
    'history/run-1.json\n',
  ]) {
    expect(stdout).toContain(told);
  }
  expect(stdout).toMatch(/event: error\n(.*\n)?data: .*Canceled/);
}, 120_000);
