import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { s3Program, startS3Server, type S3Server } from '@aura/storage/testing';
import {
  generate,
  isLong,
  post,
  query,
  startStack,
  untilSucceeded,
  type Stack,
} from './harness/index.js';

/** Two machines that share nothing but a bucket, PostgreSQL and Temporal. */
const program = s3Program(process.env);
const whyNot = program === undefined ? 'there is no versitygw' : 'only npm run test:long does it';
const films = program !== undefined && isLong ? test : test.skip;
if (films === test.skip) process.stdout.write(`A film by way of a bucket is left out: ${whyNot}\n`);
let s3: S3Server;
let stack: Stack;
let elsewhere: string;

beforeAll(async () => {
  if (program === undefined || !isLong) return;
  s3 = await startS3Server(program, process.env);
  elsewhere = await mkdtemp(path.join(os.tmpdir(), 'aura-elsewhere-'));
  const bucket = { AURA_STORE_URL: 's3://films/aura', AURA_STORE_ENDPOINT: s3.endpoint };
  stack = await startStack({
    workers: ['workflows,record,script,voice,visuals'],
    env: bucket,
    unready: true,
  });
  await stack.addWorker('compose-cpu', { AURA_HOME: elsewhere }).start();
  await stack.healthy();
}, 180_000);
afterAll(async () => {
  await stack?.stop();
  await s3?.stop();
  if (elsewhere) await rm(elsewhere, { recursive: true, force: true });
}, 60_000);

films(
  'a film is made on machines that share only a bucket, and again when it has expired',
  async () => {
    const id = await generate(stack, { scenes: 2 });
    await untilSucceeded(stack, id);
    const film = Buffer.from(
      await (await fetch(`${stack.url}/api/videos/${id}/download`)).arrayBuffer(),
    );
    expect(film.subarray(4, 8).toString('latin1')).toBe('ftyp');
    expect(await readdir(path.join(stack.home, 'artifacts'))).not.toContain('blobs');
    expect(await readdir(path.join(elsewhere, 'artifacts'))).not.toContain('blobs');

    await query(stack, 'UPDATE artifacts SET expired_at = now() WHERE job_id = $1', [id]);
    const [video] = await query(
      stack,
      `SELECT sha256 FROM artifacts WHERE job_id = $1 AND kind = 'video'`,
      [id],
    );
    const sha256 = String(video?.['sha256']);
    await rm(path.join(s3.folder, 'aura/blobs', sha256.slice(0, 2), sha256));
    expect((await fetch(`${stack.url}/api/videos/${id}/download`)).status).toBe(410);
    const accepted = await post(`${stack.url}/api/videos/${id}/rebuild`, {});
    const { jobId } = (await accepted.json()) as { jobId: string };
    const segments = async () =>
      (await readdir(path.join(s3.folder, 'aura/results'), { recursive: true })).length;
    const before = await segments();
    await untilSucceeded(stack, jobId);
    const again = await fetch(`${stack.url}/api/videos/${jobId}/download`);
    expect(Buffer.from(await again.arrayBuffer()).equals(film)).toBe(true);
    // The joined film alone was gone: its record is written over, and nothing else is made.
    expect(await segments()).toBe(before);
  },
  240_000,
);
