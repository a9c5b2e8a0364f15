import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addAsset } from '@aura/database';
import { createLog } from '@aura/telemetry';
import { startRecording, type Recording } from '../testing/recording.js';
import { deleteAssets } from './delete-assets.js';

const HOUR_MS = 3_600_000;

let at: Recording;
let now = 0;
beforeAll(async () => {
  at = await startRecording();
}, 120_000);
beforeEach(async () => {
  await at.database.asset.deleteMany();
});
afterAll(() => at.stop());

/** By a clock that is ahead: what lies in the store is old then. */
async function keep(aheadMs = 2 * HOUR_MS): Promise<void> {
  const real = Date.now;
  Date.now = () => real() + aheadMs;
  try {
    await deleteAssets({ ...at, log: createLog('test', 'silent') });
  } finally {
    Date.now = real;
  }
}

async function uploaded(text: string, tenantId = 'local') {
  now += 1;
  const blob = await at.store.putBytes(text, 'text/plain');
  const id = `00000000-0000-7000-8000-${String(now).padStart(12, '0')}`;
  const asset = {
    id,
    tenantId,
    kind: 'document',
    fileName: 'a.txt',
    ...blob,
    keepDays: 30,
  } as const;
  await addAsset(at.database, asset);
  return { id, blob };
}

const has = (id: string) => at.database.asset.count({ where: { id } });
const change = (id: string, data: { expiresAt?: Date; deletedAt?: Date }) =>
  at.database.asset.update({ where: { id }, data });
const PAST = new Date(Date.now() - HOUR_MS);

test('a file goes when its time is over or its owner has deleted it, bytes and all; others stay', async () => {
  const [expired, deleted, young] = [await uploaded('a'), await uploaded('b'), await uploaded('c')];
  await change(expired.id, { expiresAt: PAST });
  await change(deleted.id, { deletedAt: PAST });
  await keep();
  expect(await Promise.all([expired, deleted, young].map(({ id }) => has(id)))).toEqual([0, 0, 1]);
  const there = [expired, deleted, young].map(({ blob }) => at.store.has(blob));
  expect(await Promise.all(there)).toEqual([false, false, true]);
});

test('bytes that another tenant has too, or that have just come again, stay', async () => {
  const [ours, theirs] = [await uploaded('shared'), await uploaded('shared', 'other')];
  const again = await uploaded('again');
  await change(ours.id, { deletedAt: PAST });
  await change(again.id, { deletedAt: PAST });
  await keep(0);
  expect([await has(ours.id), await has(theirs.id), await has(again.id)]).toEqual([0, 1, 1]);
  expect([await at.store.has(ours.blob), await at.store.has(again.blob)]).toEqual([true, true]);
});

test('a file that a job in work is made with stays over its time', async () => {
  const { id } = await uploaded('used');
  const { videoId: jobId } = await at.newJob('a job');
  await at.database.assetUse.create({ data: { jobId, assetId: id } });
  await change(id, { expiresAt: PAST });
  await keep();
  expect(await has(id)).toBe(1);
  await at.database.job.delete({ where: { id: jobId } });
  await keep();
  expect(await has(id)).toBe(0);
});
