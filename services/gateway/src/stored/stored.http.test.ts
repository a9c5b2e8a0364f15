import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { LocalStore } from '@aura/storage';
import path from 'node:path';
import { append, COMPLETED, filmOf, newJob, RUNNING } from '../testing/jobs.js';
import { postJson, send } from '../testing/requests.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { storedSchema } from './stored-schema.js';
const MIB = 1_024 * 1_024;
let server: TestDatabase;
let gateway: TestGateway;
let store: LocalStore;
beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startTestGateway(server.url, { filmQuotaBytes: 3 * MIB });
  store = new LocalStore(path.join(gateway.home, 'artifacts'));
});
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

async function finishedJob(content: Uint8Array | string): Promise<string> {
  const jobId = await newJob(server.database, 'Why the sea is salty');
  const video = await store.putBytes(content, 'video/mp4');
  const file = { jobId, kind: 'video', fileName: 'sea.mp4', ...video };
  await server.database.artifact.create({ data: file });
  await append(server.database, jobId, [RUNNING, COMPLETED], { film: filmOf(video) });
  return jobId;
}

const expire = (jobId: string) =>
  server.database.artifact.updateMany({ where: { jobId }, data: { expiredAt: new Date() } });
const stats = async () => (await send(`${gateway.url}/api/assets/stats`)).json;

test('a film whose time is over is gone, and says how to have it made again', async () => {
  const jobId = await finishedJob('of its time');
  await expire(jobId);
  const url = `${gateway.url}/api/videos/${jobId}`;
  const gone = await send(`${url}/download`);
  expect([gone.status, gone.json.code]).toEqual([410, 'ArtifactGone']);
  expect(gone.json.remediation).toContain(`POST /api/videos/${jobId}/rebuild`);
  const { json: metadata } = await send(`${url}/metadata`);
  expect(metadata.artifacts).toMatchObject([{ kind: 'video', available: false }]);

  const accepted = await postJson(`${url}/rebuild`, {});
  expect(accepted.status).toBe(202);
  const { jobId: again } = accepted.json;
  expect(accepted.headers.location).toBe(`/api/videos/${again}/status`);
  expect(again).not.toBe(jobId);
  const [old, made] = await Promise.all(
    [jobId, again].map((id) => server.database.job.findUniqueOrThrow({ where: { id } })),
  );
  expect(made?.order).toEqual(old?.order);
  expect(made?.correlationId).toBe(accepted.json.correlationId);
  expect(await server.database.outbox.count({ where: { jobId: again } })).toBe(1);

  const still = await postJson(`${gateway.url}/api/videos/${again}/rebuild`, {});
  expect([still.status, still.json.code]).toEqual([409, 'JobNotFinished']);
  const nobody = `${gateway.url}/api/videos/${jobId.replace(/.$/, (end) => (end === '0' ? '1' : '0'))}`;
  expect((await postJson(`${nobody}/rebuild`, {})).status).toBe(404);
});

test('a film that is built again is made with the same uploads, as long as they are there', async () => {
  const { json: asset } = await send(`${gateway.url}/api/assets?fileName=sea.txt`, {
    method: 'POST',
    body: 'The sea is salty.',
  });
  const jobId = await finishedJob('with uploads');
  await server.database.assetUse.create({ data: { jobId, assetId: asset.assetId } });
  const { json } = await postJson(`${gateway.url}/api/videos/${jobId}/rebuild`, {});
  expect(await server.database.assetUse.count({ where: { jobId: json.jobId } })).toBe(1);
});

test('films count once, uploads by their versions, and nothing of another tenant', async () => {
  const before = await stats();
  expect(storedSchema.parse(before)).toEqual(before);
  const [one] = [await finishedJob('twice the same'), await finishedJob('twice the same')];
  const put = async (body: string) =>
    (await send(`${gateway.url}/api/assets?fileName=notes.txt`, { method: 'POST', body })).json;
  const [first, second, same] = [await put('one'), await put('two'), await put('two')];
  expect([first.version, second.version, same.version]).toEqual([1, 2, 2]);
  const after = await stats();
  expect(after.films.bytes - before.films.bytes).toBe('twice the same'.length);
  expect(after.uploads.files - before.uploads.files).toBe(2);
  expect(after).toMatchObject({ uploads: { quotaBytes: null }, films: { quotaBytes: 3 * MIB } });
  await expire(one);
  expect((await stats()).films.expiredFiles).toBe(before.films.expiredFiles + 1);
  const other = await startTestGateway(server.url, { home: gateway.home, tenantId: 'other' });
  const { json: theirs } = await send(`${other.url}/api/assets/stats`);
  expect(theirs.films).toEqual({ files: 0, bytes: 0, quotaBytes: null, expiredFiles: 0 });
  await other.close({ keepHome: true });
});

test('no job begins while films take all that they may, and one that was accepted stays accepted', async () => {
  const brief = { brief: 'Why the sea is salty' };
  const key = { 'Idempotency-Key': 'before it was full' };
  const url = `${gateway.url}/api/videos/generate`;
  const early = await postJson(url, brief, key);
  const jobId = await finishedJob(Buffer.alloc(3 * MIB));
  const refused = await postJson(url, brief);
  expect([refused.status, refused.json.code]).toEqual([409, 'FilmQuotaExceeded']);
  expect(refused.json.remediation).toContain('AURA_FILM_QUOTA_MB');
  expect((await postJson(`${gateway.url}/api/videos/${jobId}/rebuild`, {})).status).toBe(409);
  expect((await postJson(url, brief, key)).json.jobId).toBe(early.json.jobId);
  await expire(jobId);
  expect((await postJson(url, brief)).status).toBe(202);
});
