import { beforeAll, expect, test } from 'vitest';
import { workflowIdOf } from '@aura/proto';
import {
  decodeComplaints,
  downloadFilm,
  eventLog,
  idsOf,
  noLeftovers,
  logFaults,
  noFfmpeg,
  openStream,
  post,
  query,
  scaled,
  smallFilm,
  plainStack,
  untilSucceeded,
  generate,
  type Stack,
} from '../harness/index.js';

/** Many at the same time: jobs, watchers, and the same request over and over. */
const JOBS = scaled(10, 40);
let stack: Stack;

beforeAll(async () => {
  stack = await plainStack();
}, 120_000);

test('ten jobs at once all succeed, each with its own film, and every watcher hears all of its job', async () => {
  const ids = await Promise.all(Array.from({ length: JOBS }, () => generate(stack)));
  expect(new Set(ids).size).toBe(JOBS);
  const streams = await Promise.all(
    ids.map((id) => openStream(`${stack.url}/api/videos/${id}/stream`)),
  );
  await Promise.all(ids.map((id) => untilSucceeded(stack, id, 15_000 * JOBS)));
  for (const [index, id] of ids.entries()) {
    const log = await eventLog(stack, id);
    expect(logFaults(log)).toEqual([]);
    await streams[index]!.ended();
    expect(idsOf(streams[index]!.events)).toEqual(log.map(({ seq }) => seq));
    expect(await decodeComplaints(await downloadFilm(stack, id))).toBe('');
  }
  await noLeftovers(stack);
  await noFfmpeg(stack);
  const done = stack.barrier.arrivals.filter(({ checkpoint }) => checkpoint === 'recorded');
  for (const id of ids) {
    const own = done.filter(({ workflowId }) => workflowId === workflowIdOf(id));
    expect(own.filter(({ unit }) => unit === 'assembleFilm')).toHaveLength(1);
  }
}, 300_000);

test('fifty equal requests with one Idempotency-Key are one job, and another body under that key is refused', async () => {
  const url = `${stack.url}/api/videos/generate`;
  const headers = { 'idempotency-key': 'fifty-equal-requests' };
  const body = smallFilm();
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(url, body, headers)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  const bodies = await Promise.all(answers.map((answer) => answer.json()));
  const ids = new Set(bodies.map((one) => (one as { jobId: string }).jobId));
  expect(ids.size).toBe(1);
  const [{ count }] = (await query<{ count: string }>(
    stack,
    "SELECT count(*) FROM jobs WHERE \"order\"->'brief'->>'text' = $1",
    [body.brief],
  )) as [{ count: string }];
  expect(Number(count)).toBe(1);
  expect((await post(url, smallFilm(), headers)).status).toBe(422);
  await untilSucceeded(stack, [...ids][0]!);
}, 120_000);

test('the same brief a second time finds its work done: no unit is begun again', async () => {
  const body = smallFilm();
  const first = await generate(stack, { brief: body.brief });
  await untilSucceeded(stack, first);
  const begun = stack.barrier.arrivals.length;
  const second = await generate(stack, { brief: body.brief });
  await untilSucceeded(stack, second);
  // What is looked at anew for every job is no work that could be found.
  const units = stack.barrier.arrivals.slice(begun).filter(({ unit }) => unit !== 'preflight');
  expect(units).toEqual([]);
}, 120_000);
