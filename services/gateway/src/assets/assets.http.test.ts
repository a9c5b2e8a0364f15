import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { MakeVideoInput } from '@aura/proto';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { newJob } from '../testing/jobs.js';
import { postJson, send } from '../testing/requests.js';
import { startTestGateway } from '../testing/test-gateway.js';
import { startUploads, type Uploads } from '../testing/uploads.js';
let at: Uploads;
beforeAll(async () => {
  at = await startUploads();
});
beforeEach(async () => {
  await at.database.asset.deleteMany();
  await at.database.job.deleteMany();
});
afterAll(async () => {
  await at.stop();
});

test('the same content is one file of a tenant, also when it comes at once, and another of another tenant', async () => {
  const all = await Promise.all(
    Array.from({ length: 8 }, (_, number) => at.upload('The same.', `${number}.txt`)),
  );
  expect(new Set(all.map(({ json }) => json.assetId)).size).toBe(1);
  expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(all[0]?.json.sha256).toBe(createHash('sha256').update('The same.').digest('hex'));
  const theirs = await send(`${at.other.url}/api/assets`, { method: 'POST', body: 'The same.' });
  expect(theirs.status).toBe(201);
  expect(theirs.json.assetId).not.toBe(all[0]?.json.assetId);
});

test('a tenant’s files do not exist for another', async () => {
  const { json } = await at.upload('Ours.');
  const seen = await Promise.all([
    send(`${at.other.url}/api/assets/${json.assetId}`),
    send(`${at.other.url}/api/assets/${json.assetId}/content`),
    send(`${at.other.url}/api/assets/${json.assetId}`, { method: 'DELETE' }),
  ]);
  expect(seen.map((answer) => [answer.status, answer.json.code])).toEqual(
    seen.map(() => [404, 'AssetNotFound']),
  );
  expect((await send(`${at.other.url}/api/assets`)).json).toEqual({ assets: [], next: null });
  expect((await send(`${at.gateway.url}${json.contentUrl}`)).text).toBe('Ours.');
});

test('a list goes page by page over every file once, the newest first', async () => {
  const ids: string[] = [];
  for (const word of ['one', 'two', 'three', 'four', 'five'])
    ids.unshift((await at.upload(word)).json.assetId);
  const found: string[] = [];
  let after = '';
  for (let page = 0; page < 4; page += 1) {
    const { json } = await send(`${at.url}?limit=2${after}`);
    found.push(...json.assets.map(({ assetId }: { assetId: string }) => assetId));
    if (json.next === null) break;
    after = `&after=${json.next}`;
  }
  expect(found).toEqual(ids);
  for (const query of ['limit=0', 'limit=101', 'limit=x', 'after=1', 'limit=1&limit=2', 'a=b']) {
    expect((await send(`${at.url}?${query}`)).status).toBe(400);
  }
});

test('content comes as a download, whole or in part', async () => {
  const { json } = await at.upload('<!doctype html><script>alert(1)</script>', 'page.html');
  const whole = await send(`${at.gateway.url}${json.contentUrl}`);
  expect(whole.headers['content-disposition']).toMatch(/^attachment; filename="page.html"/);
  expect(whole.headers['x-content-type-options']).toBe('nosniff');
  const part = await send(`${at.gateway.url}${json.contentUrl}`, {
    headers: { Range: 'bytes=2-8' },
  });
  expect([part.status, part.text]).toEqual([206, 'doctype']);
  const outside = await send(`${at.gateway.url}${json.contentUrl}`, {
    headers: { Range: 'bytes=99-' },
  });
  expect([outside.status, outside.json.code]).toEqual([416, 'RangeNotSatisfiable']);
});

test('a file is deleted once, and not while a job that has not ended is made with it', async () => {
  const { json } = await at.upload('To delete.');
  const jobId = await newJob(at.database);
  await at.database.assetUse.create({ data: { jobId, assetId: json.assetId } });
  const remove = () => send(`${at.url}/${json.assetId}`, { method: 'DELETE' });
  const busy = await remove();
  expect([busy.status, busy.json.code]).toEqual([409, 'AssetInUse']);
  await at.database.job.delete({ where: { id: jobId } });
  expect((await remove()).status).toBe(204);
  expect((await remove()).status).toBe(404);
  expect((await send(`${at.url}/${json.assetId}`)).status).toBe(404);
  expect((await at.upload('To delete.')).status).toBe(201);
});

test('a file has expired when its time is over, and lives anew when it is uploaded again', async () => {
  const { json } = await at.upload('For a while.');
  const days = (Date.parse(json.expiresAt) - Date.parse(json.createdAt)) / 86_400_000;
  expect(days).toBeCloseTo(30, 2);
  const past = { expiresAt: new Date(Date.now() - 1_000) };
  await at.database.asset.updateMany({ data: past });
  expect((await send(`${at.url}/${json.assetId}`)).status).toBe(404);
  expect((await at.upload('For a while.')).status).toBe(200);
  expect((await send(`${at.url}/${json.assetId}`)).status).toBe(200);
});

test('what is no id, no route and no method is told as that', async () => {
  expect((await send(`${at.url}/none`)).json.code).toBe('AssetNotFound');
  expect((await send(at.url, { method: 'PUT' })).status).toBe(405);
  expect((await send(`${at.url}/x/y`)).json.code).toBe('RouteNotFound');
});

test('a scene shows an uploaded picture, which then cannot be deleted while its job has not ended', async () => {
  const png = await readFile(
    path.resolve(import.meta.dirname, '../../../../docs/images/temporal-web-ui.png'),
  );
  const { json } = await at.upload(png);
  const scene = { narration: 'Look at this.', assetId: json.assetId };
  const generate = (scenes: object[], key?: string) =>
    postJson(
      `${at.gateway.url}/api/videos/generate`,
      { script: { scenes } },
      key ? { 'Idempotency-Key': key } : {},
    );
  const [made, again] = [await generate([scene], 'k'), await generate([scene], 'k')];
  expect([made.status, again.json.jobId]).toEqual([202, made.json.jobId]);
  const id: string = made.json.jobId;
  const job = await at.database.job.findUniqueOrThrow({ where: { id }, include: { assets: true } });
  expect(job.order).toMatchObject({
    script: {
      scenes: [{ media: { sha256: json.sha256, bytes: png.length, mediaType: 'image/png' } }],
    },
  });
  expect(job.assets).toEqual([{ jobId: id, assetId: json.assetId }]);
  const remove = () => send(`${at.url}/${json.assetId}`, { method: 'DELETE' });
  expect((await remove()).json.code).toBe('AssetInUse');
  await at.database.job.delete({ where: { id } });
  expect((await remove()).status).toBe(204);
  const gone = await generate([{ narration: 'Nothing.' }, scene], 'l');
  expect([gone.status, gone.json.code]).toEqual([400, 'InvalidInput:script.scenes[1].assetId']);
  expect(await at.database.idempotencyKey.count({ where: { key: 'l' } })).toBe(0);
});

test('a scene shows an uploaded clip', async () => {
  const head = Buffer.from('0000001866747970', 'hex');
  const { json } = await at.upload(Buffer.concat([head, Buffer.from('isom\0\0\0\0isommp42')]));
  const scenes = [{ narration: 'Look at this.', assetId: json.assetId }];
  const made = await postJson(`${at.gateway.url}/api/videos/generate`, { script: { scenes } });
  expect(made.status).toBe(202);
  const job = await at.database.job.findUniqueOrThrow({ where: { id: made.json.jobId } });
  expect(job.order).toMatchObject({
    script: { scenes: [{ media: { sha256: json.sha256, mediaType: 'video/mp4' } }] },
  });
});

test('a scene shows pictures of its own tenant only, and nothing that is none', async () => {
  const text = await at.upload('No picture.');
  const theirs = await send(`${at.other.url}/api/assets`, { method: 'POST', body: 'Theirs.' });
  for (const assetId of [text.json.assetId, theirs.json.assetId, 'x']) {
    const script = { scenes: [{ narration: 'Look.', assetId }] };
    const { status, json } = await postJson(`${at.gateway.url}/api/videos/generate`, { script });
    expect([status, json.code]).toEqual([400, 'InvalidInput:script.scenes[0].assetId']);
  }
  expect(await at.database.job.count()).toBe(0);
});

test('documents come uploaded or as text, as references in the order, and never beside a script', async () => {
  const { json } = await at.upload('Bees dance.', 'bees.txt');
  const generate = (body: object) =>
    postJson(`${at.gateway.url}/api/videos/generate`, { brief: 'Bees', ...body });
  const made = await generate({
    documents: [{ assetId: json.assetId }, { text: 'Queens lay eggs.', title: 'On queens' }],
  });
  expect(made.status).toBe(202);
  const id: string = made.json.jobId;
  const job = await at.database.job.findUniqueOrThrow({ where: { id }, include: { assets: true } });
  const { documents } = job.order as unknown as MakeVideoInput;
  expect(documents).toMatchObject([
    { title: 'bees.txt', content: { sha256: json.sha256, mediaType: 'text/plain' } },
    { title: 'On queens', content: { bytes: 16, mediaType: 'text/plain' } },
  ]);
  expect(job.assets).toEqual([{ jobId: id, assetId: json.assetId }]);
  const wrong = [
    [{ documents: [] }, 'documents'],
    [{ documents: [{}] }, 'documents[0]'],
    [{ documents: [{ text: 'a', assetId: json.assetId }] }, 'documents[0]'],
    [{ documents: [{ text: '?' }] }, 'documents[0].text'],
    [{ documents: [{ assetId: id }] }, 'documents[0].assetId'],
    [{ documents: [{ text: 'a' }], script: { text: 'b' } }, 'documents'],
  ] as const;
  for (const [body, field] of wrong) {
    const { status, json: problem } = await generate(body);
    expect([status, problem.code]).toEqual([400, `InvalidInput:${field}`]);
  }
});

test('a tenant’s files take no more together than they may, also when they come at once', async () => {
  const quotaBytes = 3 * 1_024 * 1_024;
  const home = at.gateway.home;
  const narrow = await startTestGateway(at.databaseUrl, { home, uploadQuotaBytes: quotaBytes });
  try {
    const put = (letter: string, bytes = 1_024 * 1_024) =>
      send(`${narrow.url}/api/assets`, { method: 'POST', body: letter.repeat(bytes) });
    const all = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => put(letter)));
    const kept = all.filter(({ status }) => status === 201);
    expect(kept).toHaveLength(3);
    const refused = all.filter(({ status }) => status === 413);
    expect(refused.map(({ json }) => json.code)).toEqual(
      Array.from({ length: 3 }, () => 'UploadQuotaExceeded'),
    );
    expect(refused[0]?.json.detail).toBe('Uploaded files may take 3 MiB together.');
    const theirs = await send(`${at.other.url}/api/assets`, { method: 'POST', body: 'Theirs.' });
    expect(theirs.status).toBe(201);
    await send(`${narrow.url}/api/assets/${kept[0]?.json.assetId}`, { method: 'DELETE' });
    expect((await put('g')).status).toBe(201);
    expect((await put('h', 1)).status).toBe(413);
    expect(await at.leftovers()).toEqual([]);
  } finally {
    await narrow.close({ keepHome: true });
  }
});
