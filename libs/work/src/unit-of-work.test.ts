import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalStore } from '@aura/storage';
import { listenToCheckpoints } from './checkpoints.js';
import { progress } from './progress.js';
import { unitOfWork } from './unit-of-work.js';

let root: string;
let store: LocalStore;
const job = { videoId: 'v1', run: 1, tenantId: 'local', correlationId: 'c1' };
const unit = { job, unit: 'narrateScene', provider: 'flite', recipe: 1, inputs: { text: 'Hi.' } };

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'aura-work-'));
  store = new LocalStore(root);
});
afterEach(async () => {
  listenToCheckpoints(undefined);
  await rm(root, { recursive: true, force: true });
});

test('the same work is done once, whichever job and run ask for it', async () => {
  let done = 0;
  const work = async ({ key }: { key: string }) => ({ unitKey: key, number: (done += 1) });
  const first = await unitOfWork(store, unit, work);
  const again = await unitOfWork(
    store,
    { ...unit, job: { ...job, videoId: 'v2', run: 3, correlationId: 'c2' } },
    work,
  );
  expect(again).toEqual(first);
  expect(done).toBe(1);
});

test('other tenants never share results', async () => {
  let done = 0;
  const work = async ({ key }: { key: string }) => ({ unitKey: key, number: (done += 1) });
  await unitOfWork(store, unit, work);
  await unitOfWork(store, { ...unit, job: { ...job, tenantId: 'other' } }, work);
  expect(done).toBe(2);
});

test('work that fails leaves no result and no scratch folder', async () => {
  const failing = unitOfWork(store, unit, async ({ scratch }) => {
    await writeFile(path.join(scratch, 'half.wav'), 'half');
    throw new Error('voice broke');
  });
  await expect(failing).rejects.toThrow('voice broke');
  expect(await readdir(path.join(root, 'scratch'))).toEqual([]);
  let done = false;
  await unitOfWork(store, unit, async ({ key }) => {
    done = true;
    return { unitKey: key };
  });
  expect(done).toBe(true);
});

test('checkpoints come in order, and none for work that is already recorded', async () => {
  const reached: string[] = [];
  listenToCheckpoints(async (checkpoint) => void reached.push(checkpoint));
  await unitOfWork(store, unit, speak);
  await unitOfWork(store, unit, speak);
  expect(reached).toEqual(['before', 'during', 'done', 'recorded']);
});

async function speak({ key }: { key: string }): Promise<{ unitKey: string }> {
  progress(10, 'speaking');
  progress(90, 'still speaking');
  return { unitKey: key };
}

test('a store that cannot say whether the work was done is an error, and keeps the claim from nobody', async () => {
  const done = await unitOfWork(store, unit, speak);
  const file = path.join(root, 'results', done.unitKey.slice(0, 2), `${done.unitKey}.json`);
  // Between the look for the result and the claim the disk begins to refuse.
  let looks = 0;
  const refusing = Object.assign(Object.create(store) as LocalStore, {
    findResult: async (key: string) => ((looks += 1) === 1 ? undefined : store.findResult(key)),
  });
  await rm(file);
  await symlink(file, file);
  await expect(unitOfWork(refusing, unit, speak)).rejects.toMatchObject({ name: 'Failure' });
  expect(looks).toBe(2);
  expect(await readdir(path.join(root, 'claims'))).toEqual([]);
  await rm(file);
  expect(await unitOfWork(store, unit, speak)).toEqual(done);
});

test('a result whose file was changed or deleted behind our back is made again', async () => {
  let done = 0;
  const work = async ({ key }: { key: string }) => {
    done += 1;
    return { unitKey: key, audio: await store.putBytes('speech', 'audio/wav') };
  };
  const { audio } = await unitOfWork(store, unit, work);
  await writeFile(await store.localPath(audio), 'sPeech');
  expect(await unitOfWork(store, unit, work)).toMatchObject({ audio });
  expect(done).toBe(2);
  await rm(await store.localPath(audio));
  await unitOfWork(store, unit, work);
  expect(done).toBe(3);
  expect(await store.has(audio)).toBe(true);
});
