import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LocalLedger } from '@aura/storage';
import fc from 'fast-check';
import { CallJournal, type Expense } from './journal.js';
import type { Price } from './prices.js';
import type { Reply } from './vendor-call.js';

let folder: string;
let ledger: LocalLedger;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'aura-cap-'));
  ledger = new LocalLedger(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const PRICE: Price = {
  vendor: 'painter',
  model: 'm',
  perPicture: 0.1,
  source: 'a test',
  asOf: '2026-01-01',
};
const CALL = { vendor: 'painter', accountId: 'a', endpoint: 'p', model: 'm', totalMs: 60_000 };
const REPLY = { status: 200, headers: {} } as unknown as Reply;

const expense = (
  videoId: string,
  pictures: number,
  capUsd: number | undefined,
  used = 1,
): Expense => ({
  videoId,
  unitKey: 'unit',
  provider: 'painter',
  price: PRICE,
  worst: { pictures },
  capUsd,
  usageOf: () => ({ pictures: used }),
});

test('what was reserved and not used up is there again, and a call over the cap is not begun', async () => {
  const journal = new CallJournal(ledger);
  const first = await journal.open(expense('v1', 4, 0.5), CALL);
  await expect(journal.open(expense('v1', 2, 0.5), CALL)).rejects.toMatchObject({
    code: 'BUDGET_EXCEEDED',
  });
  await first.answered(REPLY);
  const second = await journal.open(expense('v1', 4, 0.5), CALL);
  await second.failed({ outcome: 'unknown', code: 'NETWORK_TIMEOUT', status: 0 });
  await expect(journal.open(expense('v1', 1, 0.5), CALL)).rejects.toMatchObject({
    code: 'BUDGET_EXCEEDED',
  });
  const { sureUsd, possibleUsd } = await journal.spent('v1');
  expect([sureUsd.toFixed(2), possibleUsd.toFixed(2)]).toEqual(['0.10', '0.40']);
});

test('what is free, and what has no cap, is never refused', async () => {
  const journal = new CallJournal(ledger);
  await journal.open(expense('v2', 100, undefined), CALL);
  await journal.open({ ...expense('v2', 100, 0), price: { ...PRICE, perPicture: 0 } }, CALL);
});

test('what comes to more than its worst case is written down as such, and the next call waits for no more', async () => {
  const journal = new CallJournal(ledger);
  const first = await journal.open(expense('v3', 2, 0.5, 6), CALL);
  await first.answered(REPLY);
  const [call] = await journal.calls('v3');
  expect(call?.end?.costUsd).toBeCloseTo(0.6);
  expect(call?.end?.overUsd).toBeCloseTo(0.4);
  await expect(journal.open(expense('v3', 1, 0.5), CALL)).rejects.toMatchObject({
    code: 'BUDGET_EXCEEDED',
  });
  const exact = await journal.open(expense('v3', 1, undefined), CALL);
  await exact.answered(REPLY);
  expect((await journal.calls('v3')).flatMap(({ end }) => end?.overUsd ?? [])).toHaveLength(1);
});

test('whatever is called at the same time, answered, lost or killed: the job never owes more than its cap', async () => {
  const fate = fc.constantFrom('answered', 'refused', 'unknown', 'killed');
  const pictures = fc.integer({ min: 1, max: 4 });
  const calls = fc.array(fc.record({ pictures, share: fc.integer({ min: 0, max: 4 }), fate }), {
    minLength: 1,
    maxLength: 8,
  });
  let video = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(calls, { minLength: 1, maxLength: 3 }), async (waves) => {
      const id = `p${(video += 1)}`;
      let billed = 0;
      for (const wave of waves) {
        // After a kill another process goes on with the same book.
        const journal = new CallJournal(ledger);
        await Promise.all(
          wave.map(async (call) => {
            const used = Math.min(call.share, call.pictures);
            const opened = await journal
              .open(expense(id, call.pictures, 1, used), CALL)
              .catch(() => undefined);
            if (!opened) return;
            // A vendor may bill the worst case of whatever it has got and nobody knows of.
            if (call.fate === 'answered') billed += used * 0.1;
            else if (call.fate !== 'refused') billed += call.pictures * 0.1;
            if (call.fate === 'answered') await opened.answered(REPLY);
            else if (call.fate !== 'killed')
              await opened.failed({ outcome: call.fate, code: 'X', status: 0 });
          }),
        );
      }
      const { sureUsd, possibleUsd } = await new CallJournal(ledger).spent(id);
      expect(sureUsd + possibleUsd).toBeCloseTo(billed, 6);
      expect(sureUsd + possibleUsd).toBeLessThanOrEqual(1 + 1e-6);
    }),
    { numRuns: 25 },
  );
});
