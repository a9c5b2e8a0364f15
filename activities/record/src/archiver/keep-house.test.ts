import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { noteUnwanted, requestRetry, transact } from '@aura/database';
import type { BlobRef, JobRef } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { createLog } from '@aura/telemetry';
import { startRecording, type Recording } from '../testing/recording.js';
import { keepHouse } from './keep-house.js';
import { sweepUnwanted } from './sweep-unwanted.js';

const HOUR_MS = 3_600_000;
/** What lies in the store is old by a clock that is ahead; the jobs that are to stay are set ahead too. */
const KEEP_MS = -4 * HOUR_MS;

let at: Recording;
beforeAll(async () => {
  at = await startRecording();
}, 120_000);
afterAll(() => at.stop());

const blobOf = (text: string) => at.store.putBytes(text, 'text/plain');

function keep(keepJobsMs: number) {
  return house({ keepJobsMs });
}

function house(pace: Parameters<typeof keepHouse>[1]) {
  const { database, store, ledger } = at;
  return keepHouse({ database, store, ledger, log: createLog('test', 'silent') }, pace);
}

/** A job that has succeeded with a film of its own. */
async function finishedJob(words: string): Promise<{ job: JobRef; video: BlobRef }> {
  const [job, film] = [await at.newJob(words), await at.newFilm()];
  const video = await blobOf(words);
  await at.record.finish({
    job,
    state: 'succeeded',
    film: { ...film, video },
    warnings: [],
    replacements: [],
  });
  await at.database.outbox.deleteMany({ where: { jobId: job.videoId } });
  return { job, video };
}

/** Behind the back of the trigger that lets no time be changed. */
async function setBack(interval: string, { videoId }: Partial<JobRef> = {}): Promise<void> {
  await at.database.$transaction(async (tx) => {
    await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica');
    await tx.$executeRawUnsafe(
      `UPDATE jobs SET ended_at = ended_at - interval '${interval}' ${videoId ? `WHERE id = '${videoId}'` : ''}`,
    );
  });
}

const isThere = ({ videoId }: JobRef) => at.database.job.count({ where: { id: videoId } });

test('contents of deleted jobs go once no job is in work, but for what a file or an order of another names', async () => {
  const { database } = at;
  const mine = await finishedJob('still mine');
  const free = await blobOf('wanted by nobody');
  const text = await blobOf('told by a copy');
  await database.$executeRaw`
    UPDATE jobs SET "order" = jsonb_set("order", '{timeline}', ${JSON.stringify(text)}::jsonb)
    WHERE id = ${mine.job.videoId}::uuid`;
  const data = [mine.video, free, text].map(({ sha256 }) => ({ sha256 }));
  await database.unwantedBlob.createMany({ data });
  const working = await at.newJob('in work');
  await house({});
  // What is named is no longer unwanted.
  expect(await database.unwantedBlob.findMany({ select: { sha256: true } })).toEqual([
    { sha256: free.sha256 },
  ]);
  await database.job.delete({ where: { id: working.videoId } });
  await house({});
  expect(await database.unwantedBlob.count()).toBe(0);
  const there = await Promise.all([mine.video, free, text].map((blob) => at.store.has(blob)));
  expect(there).toEqual([true, false, true]);
  await database.job.delete({ where: { id: mine.job.videoId } });
});

test('what a job in work may be about to name stays, and only that: what it is told, and what it has published', async () => {
  const { database, store } = at;
  const told = { videoId: (await at.newJob('How ants build')).videoId };
  const [found, other, made] = [
    await blobOf('of ants'),
    await blobOf('of wasps'),
    await blobOf('new'),
  ];
  await transact(database, async (tx) => {
    await noteUnwanted(tx, [found.sha256], 'How ants build');
    await noteUnwanted(tx, [other.sha256, made.sha256], 'How wasps build');
  });
  // By the store's clock the other is from before the job.
  const old = new Date(Date.now() - 3 * HOUR_MS);
  const removals: string[] = [];
  const aged: ArtifactStore = Object.assign(Object.create(store) as ArtifactStore, {
    removeBlobs: async (sha256s: string[], beforeMs: number) => {
      const gone = sha256s.filter((one) => one !== made.sha256 && old.getTime() < beforeMs);
      removals.push(...gone);
      return store.removeBlobs(gone, Date.now() + HOUR_MS);
    },
  });
  const log = createLog('test', 'silent');
  await sweepUnwanted({ database, store: aged, log });
  expect(removals).toEqual([other.sha256]);
  expect(await store.has(found)).toBe(true);
  await database.job.delete({ where: { id: told.videoId } });
  await sweepUnwanted({ database, store, log });
  expect(await database.unwantedBlob.count()).toBe(0);
});

test('a job that has been paused for days keeps the contents of no others', async () => {
  const { database, store } = at;
  const { videoId } = await at.newJob('How snails rest');
  await database.$transaction(async (tx) => {
    await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica');
    await tx.$executeRaw`
      UPDATE jobs SET state = 'paused', queued_at = queued_at - interval '2 days'
      WHERE id = ${videoId}::uuid`;
  });
  const [own, other] = [await blobOf('of snails'), await blobOf('of slugs')];
  await transact(database, async (tx) => {
    await noteUnwanted(tx, [own.sha256], 'How snails rest');
    await noteUnwanted(tx, [other.sha256], 'How slugs rest');
  });
  await sweepUnwanted({ database, store, log: createLog('test', 'silent') });
  expect(await Promise.all([own, other].map((blob) => store.has(blob)))).toEqual([true, false]);
  await database.job.deleteMany();
  await database.unwantedBlob.deleteMany();
});

test('no job begins, and no next run, between the look for work and the removal', async () => {
  const { database, store } = at;
  const ended = await at.newJob('to be taken up');
  await at.record.finish({ job: ended, state: 'failed', warnings: [], replacements: [] });
  const blob = await blobOf('found by many');
  await transact(database, (tx) => noteUnwanted(tx, [blob.sha256], 'Why cats purr'));
  const order: string[] = [];
  let begun: Promise<unknown> = Promise.resolve();
  const slow: ArtifactStore = Object.assign(Object.create(store) as ArtifactStore, {
    removeBlobs: async (sha256s: string[], beforeMs: number, signal?: AbortSignal) => {
      expect(signal).toBeInstanceOf(AbortSignal);
      begun = Promise.all([
        at.newJob('Why cats purr').then(() => order.push('begun')),
        transact(database, (tx) => requestRetry(tx, ended.videoId)).then(() => order.push('again')),
      ]);
      await sleep(200);
      const removed = await store.removeBlobs(sha256s, beforeMs);
      order.push('removed');
      return removed;
    },
  });
  await sweepUnwanted({ database, store: slow, log: createLog('test', 'silent') });
  await begun;
  expect(order[0]).toBe('removed');
  expect(order).toHaveLength(3);
  expect(await store.has(blob)).toBe(false);
  await database.job.deleteMany();
});

test('old jobs go with their rows and files; what a younger job shares with them stays', async () => {
  const old = await finishedJob('of its own');
  const shared = await finishedJob('of both');
  await setBack('9 hours');
  const young = await finishedJob('of both');
  await at.store.putResult('a'.repeat(64), { unitKey: 'a', film: old.video });

  await keep(8 * HOUR_MS);
  expect(await Promise.all([old, shared, young].map(({ job }) => isThere(job)))).toEqual([0, 0, 1]);
  expect(await at.store.has(old.video)).toBe(true); // in the store it is young still

  await setBack('-9 hours');
  await keep(KEEP_MS);
  await keep(KEEP_MS);
  expect(await at.store.findResult('a'.repeat(64))).toBeUndefined();
  expect(await at.store.has(old.video)).toBe(false);
  expect(await at.store.has(young.video)).toBe(true);
  expect(await isThere(young.job)).toBe(1);
});

test('the journal of a job’s calls goes with it, that of another stays', async () => {
  const [old, young] = [await finishedJob('one'), await finishedJob('two')];
  for (const { job } of [old, young]) await at.ledger.write(job.videoId, 'call.intent', {});
  await setBack('9 hours', old.job);
  await keep(8 * HOUR_MS);
  expect(await Promise.all([old, young].map(({ job }) => isThere(job)))).toEqual([0, 1]);
  expect((await at.ledger.read(old.job.videoId)).size).toBe(0);
  expect((await at.ledger.read(young.job.videoId)).size).toBe(1);
});

test('what fails of the house keeping keeps none of the rest from being done', async () => {
  const { database, store, ledger } = at;
  const old = await finishedJob('to be forgotten');
  await setBack('9 hours', old.job);
  const blob = await blobOf('not to be removed today');
  await transact(database, (tx) => noteUnwanted(tx, [blob.sha256], 'none'));
  const entry = { tenantId: 'x', who: 'x', role: 'x', operation: 'x', method: 'GET', path: '/' };
  const data = { ...entry, address: '', correlationId: 'x', status: 200, at: new Date(0) };
  await database.auditEntry.create({ data });
  const failing: ArtifactStore = Object.assign(Object.create(store) as ArtifactStore, {
    removeBlobs: () => Promise.reject(new Error('no bucket')),
  });
  const log = createLog('test', 'silent');
  const kept = keepHouse({ database, store: failing, ledger, log }, { keepJobsMs: 8 * HOUR_MS });
  await expect(kept).rejects.toThrow('no bucket');
  expect(await isThere(old.job)).toBe(0);
  expect(await database.auditEntry.count()).toBe(0);
  await database.unwantedBlob.deleteMany();
});

test('no job loses its journal before it is gone for good, and a journal without a job goes later', async () => {
  const { job } = await finishedJob('held');
  await at.ledger.write(job.videoId, 'call.intent', {});
  await setBack('9 hours', job);
  // Whoever refers to the job in this way keeps the database from deleting it.
  await at.database.$executeRaw`
    CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'held'; END $$`;
  await at.database.$executeRaw`
    CREATE CONSTRAINT TRIGGER hold AFTER DELETE ON jobs DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION hold()`;
  await expect(keep(8 * HOUR_MS)).rejects.toThrow('held');
  expect(await isThere(job)).toBe(1);
  expect((await at.ledger.read(job.videoId)).size).toBe(1);
  await at.database.$executeRaw`DROP TRIGGER hold ON jobs`;
  const lost = randomUUID();
  await at.ledger.write(lost, 'call.intent', {});
  await keep(8 * HOUR_MS);
  expect(await isThere(job)).toBe(0);
  expect(await at.ledger.books()).not.toEqual(expect.arrayContaining([job.videoId]));
  expect(await at.ledger.books()).not.toEqual(expect.arrayContaining([lost]));
});

test('while a job goes on, nothing goes that was used since it was accepted', async () => {
  const running = await at.newJob();
  await at.record.begin({ job: running });
  const used = await blobOf('made for the running job');
  await at.store.putResult('b'.repeat(64), { unitKey: 'b', used });
  await keep(KEEP_MS);
  await keep(KEEP_MS);
  expect(await at.store.findResult('b'.repeat(64))).toBeDefined();
  await at.record.finish({ job: running, state: 'failed', warnings: [], replacements: [] });
  await setBack('-9 hours');
  await keep(KEEP_MS);
  await keep(KEEP_MS);
  expect(await at.store.has(used)).toBe(false);
});

test('films go before their jobs do, unless somebody is making them again just then', async () => {
  const [old, young] = [await finishedJob('old film'), await finishedJob('young film')];
  await at.database.artifact.create({
    data: { jobId: old.job.videoId, kind: 'history', fileName: 'h.json', ...(await blobOf('[]')) },
  });
  await at.store.putResult('c'.repeat(64), { unitKey: 'c', film: old.video });
  await setBack('-9 hours', young.job);
  const rebuilding = await at.newJob();
  await house({ keepFilmsMs: KEEP_MS });
  await house({ keepFilmsMs: KEEP_MS });
  const files = ({ videoId: jobId }: JobRef) =>
    at.database.artifact.findMany({ where: { jobId }, orderBy: { kind: 'asc' } });
  const expiredOf = async (job: JobRef) =>
    (await files(job)).filter(({ expiredAt }) => expiredAt).map(({ kind }) => kind);
  expect(await expiredOf(old.job)).toEqual(['captions', 'thumbnail', 'video']);
  expect(await expiredOf(young.job)).toEqual([]);
  expect(await isThere(old.job)).toBe(1);
  // Whatever it may have found is younger than the job that goes on.
  expect(await at.store.findResult('c'.repeat(64))).toBeDefined();
  await at.record.begin({ job: rebuilding });
  await at.record.finish({ job: rebuilding, state: 'failed', warnings: [], replacements: [] });
  await house({ keepFilmsMs: KEEP_MS });
  await house({ keepFilmsMs: KEEP_MS });
  expect(await at.store.has(old.video)).toBe(false);
  expect(await at.store.has(young.video)).toBe(true);
});
