import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalStore } from '@aura/storage';
import { paidReply } from './paid-reply.js';
import type { WorkPlace } from './unit-of-work.js';

let root: string;
let store: LocalStore;
let paid = 0;
const job = { videoId: 'v1', run: 1, tenantId: 'local', correlationId: 'c1' };
const work = { job, unit: 'speakTake.reply', provider: 'p', recipe: 1, inputs: { text: 'Hi.' } };

beforeEach(async () => {
  paid = 0;
  root = await mkdtemp(path.join(tmpdir(), 'aura-paid-'));
  store = new LocalStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function ask({ scratch }: WorkPlace) {
  paid += 1;
  const file = path.join(scratch, 'reply');
  await writeFile(file, `reply ${paid}`);
  return { file, mediaType: 'application/octet-stream' };
}
const text = async () => readFile((await paidReply(store, work, ask)).file, 'utf8');

test('a reply is paid for once, whatever becomes of the work on it', async () => {
  expect(await text()).toBe('reply 1');
  expect(await text()).toBe('reply 1');
  expect(paid).toBe(1);
});

test('a reply that is of no use is paid for anew, once', async () => {
  const first = await paidReply(store, work, ask);
  await Promise.all([first.refuse(), first.refuse()]);
  expect([await text(), await text()]).toEqual(['reply 2', 'reply 2']);
  const second = await paidReply(store, work, ask);
  await second.refuse();
  expect(await text()).toBe('reply 3');
  expect(paid).toBe(3);
});

test('a question that failed is asked again, and leaves no record', async () => {
  const failing = paidReply(store, work, () => Promise.reject(new Error('the line is dead')));
  await expect(failing).rejects.toThrow('the line is dead');
  expect(await text()).toBe('reply 1');
});
