import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import type { BlobRef } from '@aura/proto';
import { LocalStore } from '@aura/storage';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm, symlink, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { metadataSchema } from '../videos/metadata-schema.js';
import { append, COMPLETED, failedWith, filmOf, newJob, RUNNING } from '../testing/jobs.js';
import { send } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
let server: TestDatabase;
let gateway: TestGateway;
let store: LocalStore;
const content = randomBytes(300_000);

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startTestGateway(server.url);
  store = new LocalStore(path.join(gateway.home, 'artifacts'));
});
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

async function finishedJob(bytes: Uint8Array = content) {
  const jobId = await newJob(server.database);
  const video = await store.putBytes(bytes, 'video/mp4');
  const captions = await store.putBytes(
    `${jobId}\n1\n00:00 --> 00:01\nHello`,
    'application/x-subrip',
  );
  const [fileName, srt] = ['Why the “sea” is salty.mp4', 'Why.srt'];
  await server.database.artifact.createMany({
    data: [
      { jobId, kind: 'video', fileName, ...video },
      { jobId, kind: 'captions', fileName: srt, ...captions },
    ],
  });
  await append(server.database, jobId, [RUNNING, COMPLETED], { film: filmOf(video) });
  return { jobId, video, url: `${gateway.url}/api/videos/${jobId}/download` };
}

const get = async (url: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url, { headers });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
};
const fileOf = ({ sha256 }: BlobRef) =>
  path.join(gateway.home, 'artifacts/blobs', sha256.slice(0, 2), sha256);

test('the whole film, as a file to keep', async () => {
  const { url, video } = await finishedJob();
  const { response, bytes } = await get(url, { 'Accept-Encoding': 'gzip, br' });
  expect(response.status).toBe(200);
  expect(bytes.equals(content)).toBe(true);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'video/mp4',
    'content-length': '300000',
    'accept-ranges': 'bytes',
    etag: `"${video.sha256}"`,
    'content-disposition': `attachment; filename="Why the sea is salty.mp4"; filename*=UTF-8''Why%20the%20%E2%80%9Csea%E2%80%9D%20is%20salty.mp4`,
  });
  expect(response.headers.get('content-encoding')).toBeNull();
});

test('any one range, byte for byte', async () => {
  const { url, video } = await finishedJob();
  for (const [range, start, end] of [
    ['bytes=0-0', 0, 0],
    ['bytes=100000-199999', 100_000, 199_999],
    ['bytes=299999-', 299_999, 299_999],
    ['bytes=-1000', 299_000, 299_999],
  ] as const) {
    const { response, bytes } = await get(url, { Range: range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/300000`);
    expect(bytes.equals(content.subarray(start, end + 1))).toBe(true);
  }
  const same = await get(url, { Range: 'bytes=0-9', 'If-Range': `"${video.sha256}"` });
  const other = await get(url, { Range: 'bytes=0-9', 'If-Range': '"another"' });
  expect([same.bytes.length, other.bytes.length]).toEqual([10, 300_000]);
});

test('a range outside the file is refused with the size of the file', async () => {
  const { url } = await finishedJob();
  for (const Range of ['bytes=300000-', 'bytes=0-1,5-6', 'bytes=x']) {
    const answer = await send(url, { headers: { Range } });
    expect([answer.status, answer.json.code]).toEqual([416, 'RangeNotSatisfiable']);
    expect(answer.headers['content-range']).toBe('bytes */300000');
    expect(answer.headers['content-disposition']).toBeUndefined();
  }
});

test('HEAD says the same without the film; a client that has it is told so', async () => {
  const { url, video } = await finishedJob();
  const head = await send(url, { method: 'HEAD', headers: { Range: 'bytes=0-9' } });
  expect([head.status, head.headers['content-length'], head.text]).toEqual([200, '300000', '']);
  expect(head.headers.etag).toBe(`"${video.sha256}"`);
  const cached = await send(url, { headers: { 'If-None-Match': `W/"${video.sha256}"` } });
  expect([cached.status, cached.text]).toEqual([304, '']);
});

test('there is no film before the end, and says whether it was ever there', async () => {
  const running = await newJob(server.database);
  const early = await send(`${gateway.url}/api/videos/${running}/download`);
  expect([early.status, early.json.code]).toEqual([409, 'JobNotFinished']);
  expect(early.json.remediation).toMatch(/^Wait/);
  for (const code of ['Canceled', 'OutOfDiskSpace']) {
    const ended = await newJob(server.database);
    await append(server.database, ended, [RUNNING]);
    if (code === 'Canceled') {
      await send(`${gateway.url}/api/videos/${ended}/cancel`, { method: 'POST' });
    }
    await append(server.database, ended, [failedWith({ code }, 0)]);
    const never = await send(`${gateway.url}/api/videos/${ended}/download`);
    expect([never.status, never.json.code]).toEqual([409, 'JobNotFinished']);
    expect(never.json.remediation).not.toMatch(/wait/i);
    expect(never.json.remediation).toContain('/retry');
  }
  const { jobId, url, video } = await finishedJob(randomBytes(100));
  await rm(fileOf(video));
  for (const method of ['GET', 'HEAD']) expect((await send(url, { method })).status).toBe(410);
  expect((await send(url)).json.code).toBe('ArtifactGone');
  const { json } = await send(`${gateway.url}/api/videos/${jobId}/metadata`);
  const available = json.artifacts.map(({ available }: { available: boolean }) => available);
  expect(available).toEqual([true, false]);
});

test('a film that the disk has changed is not given out, and not called cleaned up', async () => {
  const { jobId, url, video } = await finishedJob(randomBytes(100));
  await writeFile(fileOf(video), randomBytes(100));
  for (const method of ['GET', 'HEAD']) expect((await send(url, { method })).status).toBe(500);
  const { json, headers } = await send(url);
  expect(json.code).toBe('BlobCorrupt');
  expect(headers['content-disposition']).toBeUndefined();
  expect(JSON.stringify(json)).not.toContain(gateway.home);
  const isAvailable = async () => {
    const { json: metadata } = await send(`${gateway.url}/api/videos/${jobId}/metadata`);
    return metadata.artifacts[1].available as boolean;
  };
  expect(await isAvailable()).toBe(false);
  await rm(fileOf(video));
  await symlink(fileOf(video), fileOf(video)); // cannot be read, whoever asks
  expect((await send(url)).json.code).toBe('InternalError');
  expect(await isAvailable()).toBe(false);
});

test('the other files of a job are given out in the same way', async () => {
  const { jobId } = await finishedJob();
  const url = `${gateway.url}/api/videos/${jobId}/artifacts`;
  const captions = await send(`${url}/captions`, { headers: { 'Accept-Encoding': 'gzip' } });
  expect([captions.status, captions.headers['content-type']]).toEqual([
    200,
    'application/x-subrip',
  ]);
  expect(captions.text).toContain('Hello');
  for (const kind of ['thumbnail', 'nope', '%00', '..%2fvideo']) {
    const answer = await send(`${url}/${kind}`);
    expect([answer.status, answer.json.code]).toEqual([404, 'ArtifactMissing']);
  }
});

test('metadata tells what was measured on the film, and where its files are', async () => {
  const { jobId, video } = await finishedJob();
  const { json } = await send(`${gateway.url}/api/videos/${jobId}/metadata`);
  expect(metadataSchema.parse(json)).toEqual(json);
  expect(json).toMatchObject({
    status: 'completed',
    fileSizeBytes: 300_000,
    resolution: '640x360',
    videoCodec: 'h264',
    fps: 30,
    durationSeconds: 5,
    completedAt: expect.any(String),
  });
  expect(json.artifacts[1]).toMatchObject({
    kind: 'video',
    sizeBytes: 300_000,
    sha256: video.sha256,
    url: `/api/videos/${jobId}/download`,
    available: true,
  });
});

test('a client that goes away in the middle leaves nothing behind', async () => {
  const { url } = await finishedJob(Buffer.alloc(30_000_000));
  const other = await startTestGateway(server.url, { home: gateway.home });
  for (let n = 0; n < 5; n += 1) await leaveInTheMiddle(url.replace(gateway.url, other.url));
  const before = performance.now();
  await other.close({ keepHome: true });
  expect(performance.now() - before).toBeLessThan(2_000);
});

test('a gateway that is asked to stop lets a download end', async () => {
  const { url } = await finishedJob(Buffer.alloc(30_000_000, 7));
  const other = await startTestGateway(server.url, { home: gateway.home });
  const response = await fetch(url.replace(gateway.url, other.url));
  const closed = other.close({ keepHome: true });
  const bytes = Buffer.from(await response.arrayBuffer());
  await closed;
  expect(bytes.equals(Buffer.alloc(30_000_000, 7))).toBe(true);
});

async function leaveInTheMiddle(url: string): Promise<void> {
  const [response] = (await once(request(url).end(), 'response')) as [IncomingMessage];
  await once(response, 'readable');
  response.destroy();
}
