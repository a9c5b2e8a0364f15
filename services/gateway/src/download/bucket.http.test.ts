import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { openStore, type ArtifactStore } from '@aura/storage';
import { s3Program, startS3Server, type S3Server } from '@aura/storage/testing';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { append, COMPLETED, filmOf, newJob, RUNNING } from '../testing/jobs.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

const content = randomBytes(9_000_000);
const program = s3Program(process.env);
const tests = program === undefined ? test.skip : test;
if (program === undefined)
  process.stdout.write('S3 is left out: there is no versitygw; npm test builds it with Go\n');
let s3: S3Server;
let server: TestDatabase;
let store: ArtifactStore;
let home: string;
const gateways: TestGateway[] = [];

beforeAll(async () => {
  if (program === undefined) return;
  s3 = await startS3Server(program, process.env);
  server = await startTestDatabase();
  home = await mkdtemp(path.join(tmpdir(), 'aura-bucket-'));
  ({ store } = await openStore({ folder: home, ...bucket() }));
});
afterAll(async () => {
  for (const gateway of gateways) await gateway.close();
  await Promise.all([s3?.stop(), server?.stop()]);
  if (home) await rm(home, { recursive: true, force: true });
});

const bucket = () => ({
  url: `s3://${s3.bucket}/films`,
  endpoint: s3.endpoint,
  region: 'us-east-1',
  cacheBytes: 1e9,
});

async function film() {
  const jobId = await newJob(server.database);
  const file = { fileName: 'Why the “sea” is salty.mp4', kind: 'video' };
  const video = await store.putBytes(content, 'video/mp4');
  await server.database.artifact.create({ data: { jobId, ...file, ...video } });
  await append(server.database, jobId, [RUNNING, COMPLETED], { film: filmOf(video) });
  return { video, path: `/api/videos/${jobId}/download` };
}

async function gatewayWith(options: Parameters<typeof startTestGateway>[1]): Promise<string> {
  const gateway = await startTestGateway(server.url, { bucket: bucket(), ...options });
  gateways.push(gateway);
  return gateway.url;
}

tests('a film in a bucket goes through the gateway, whole and in ranges', async () => {
  const [url, made] = [await gatewayWith({}), await film()];
  const part = await fetch(url + made.path, { headers: { Range: 'bytes=8388600-8388620' } });
  expect(part.status).toBe(206);
  const bytes = Buffer.from(await part.arrayBuffer());
  expect(bytes.equals(content.subarray(8_388_600, 8_388_621))).toBe(true);
  const whole = await fetch(url + made.path);
  expect(Buffer.from(await whole.arrayBuffer()).equals(content)).toBe(true);
});

tests(
  'a client that is sent to the bucket gets the film by its name, and nobody else',
  async () => {
    const [url, made] = [await gatewayWith({ redirectsDownloads: true }), await film()];
    const sent = await fetch(url + made.path, { redirect: 'manual' });
    expect([sent.status, sent.headers.get('cache-control')]).toEqual([302, 'private, no-store']);
    const address = sent.headers.get('location') ?? '';
    const given = await fetch(address, { headers: { Range: 'bytes=0-9' } });
    expect([given.status, given.headers.get('content-type')]).toEqual([206, 'video/mp4']);
    expect(given.headers.get('content-disposition')).toContain(
      'filename="Why the sea is salty.mp4"',
    );
    expect((await fetch(address.split('?')[0] ?? '')).status).toBe(403);
    await store.removeBlobs([made.video.sha256], Date.now() + 3_600_000);
    const gone = await fetch(url + made.path, { redirect: 'manual' });
    expect([gone.status, await gone.json()]).toMatchObject([410, { code: 'ArtifactGone' }]);
  },
);

tests('a CDN is told the content, not the job', async () => {
  const [url, made] = [await gatewayWith({ cdnUrl: 'https://cdn.example/films/' }), await film()];
  const sent = await fetch(url + made.path, { redirect: 'manual' });
  const { sha256 } = made.video;
  const place = `https://cdn.example/films/blobs/${sha256.slice(0, 2)}/${sha256}`;
  expect([sent.status, sent.headers.get('location')]).toEqual([302, place]);
  expect((await fetch(url + made.path, { method: 'HEAD' })).status).toBe(200);
});

tests('a bucket that does not answer is no film that has gone', async () => {
  const made = await film();
  const url = await gatewayWith({ bucket: { ...bucket(), endpoint: 'http://127.0.0.1:1' } });
  const answer = await fetch(url + made.path);
  expect([answer.status, await answer.json()]).toMatchObject([
    503,
    { code: 'ArtifactStoreUnavailable' },
  ]);
});
