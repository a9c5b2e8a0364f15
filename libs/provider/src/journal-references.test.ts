import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LocalLedger } from '@aura/storage';
import { CallJournal, type Expense } from './journal.js';
import { freePrice } from './prices.js';
import type { Reply } from './vendor-call.js';

let folder: string;
let journal: CallJournal;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'aura-journal-'));
  journal = new CallJournal(new LocalLedger(folder));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const expense = (videoId: string, more: Partial<Expense> = {}): Expense => ({
  videoId,
  unitKey: 'unit',
  provider: 'painter',
  price: freePrice('painter'),
  worst: { pictures: 1 },
  capUsd: undefined,
  ...more,
});
const CALL = { vendor: 'painter', accountId: 'a', endpoint: 'p', model: '', totalMs: 60_000 };
const REPLY = { status: 200, headers: {}, json: () => ({ id: 'theirs' }) } as unknown as Reply;

test('a reference that was chosen before the call is there when nothing came after its intent', async () => {
  await journal.open(expense('killed', { reference: 'ours' }), CALL);
  expect(await journal.calls('killed')).toMatchObject([{ reference: 'ours', end: undefined }]);
});

test('a reference of the vendor stands above ours; without either it is empty', async () => {
  const referenceOf = (reply: Reply) => (reply.json() as { id: string }).id;
  const open = await journal.open(expense('answered', { reference: 'ours', referenceOf }), CALL);
  await open.answered(REPLY);
  const plain = await journal.open(expense('plain'), CALL);
  await plain.answered(REPLY);
  const throwing = () => {
    throw new TypeError('no such member');
  };
  const odd = await journal.open(expense('odd', { referenceOf: throwing }), CALL);
  await odd.answered(REPLY);
  const ends = { outcome: 'answered' };
  expect(await journal.calls('answered')).toMatchObject([{ reference: 'theirs', end: ends }]);
  expect(await journal.calls('odd')).toMatchObject([{ reference: '', end: ends }]);
  expect(await journal.calls('plain')).toMatchObject([{ reference: '', end: ends }]);
});
