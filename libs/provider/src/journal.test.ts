import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import fc from 'fast-check';
import { LocalLedger } from '@aura/storage';
import { CallJournal, type Expense } from './journal.js';
import { isUnknownCall, type JournaledCall } from './journal-entries.js';
import type { Reply } from './vendor-call.js';

let root: string;
let nowMs: number;
let journal: CallJournal;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'aura-journal-'));
  nowMs = Date.parse('2026-11-21T18:00:00Z');
  journal = new CallJournal(new LocalLedger(root), () => nowMs);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const unknownCalls = async (): Promise<JournaledCall[]> =>
  (await journal.calls('v1')).filter(isUnknownCall);

const price = { vendor: 'v', model: 'm', perPicture: 0.04, source: 's', asOf: '2026-11-21' };
const call = { vendor: 'v', accountId: 'v@h#1', endpoint: 'pictures', model: 'm', totalMs: 1_000 };
const expense: Expense = {
  videoId: 'v1',
  unitKey: 'a'.repeat(64),
  capUsd: undefined,
  provider: 'openai',
  price,
  worst: { pictures: 2 },
};
const reply = (body: unknown): Reply => ({
  status: 200,
  headers: { 'x-request-id': 'req_1' },
  mediaType: 'application/json',
  bytes: Buffer.alloc(0),
  sizeBytes: 0,
  tookMs: 1,
  json: () => body,
  text: () => '',
});

test('an answered call costs what it used up, or the worst where that is not known', async () => {
  const usageOf = (answered: Reply) => answered.json() as { pictures: number } | undefined;
  await (await journal.open({ ...expense, usageOf }, call)).answered(reply({ pictures: 1 }));
  await (await journal.open({ ...expense, usageOf }, call)).answered(reply(undefined));
  const throwing = () => {
    throw new TypeError('no such member');
  };
  await (await journal.open({ ...expense, usageOf: throwing }, call)).answered(reply({}));
  const ends = (await journal.calls('v1')).map(({ end }) => end);
  expect(ends.filter((end) => end?.costUsd === 0.04).length).toBe(1);
  expect(ends.filter((end) => end?.costUsd === 0.08).length).toBe(2);
  expect(ends.filter((end) => end?.isEstimate).length).toBe(2);
  for (const end of ends) {
    expect(end).toMatchObject({ outcome: 'answered', status: 200, requestId: 'req_1' });
  }
  const { sureUsd, possibleUsd } = await journal.spent('v1');
  expect(sureUsd).toBeCloseTo(0.2);
  expect(possibleUsd).toBe(0);
});

test('a call of which nobody knows is listed, counted as possible cost, and can be resolved', async () => {
  const open = await journal.open(expense, call);
  await open.refer('prompt-7');
  await open.failed({ outcome: 'unknown', code: 'NETWORK_TIMEOUT', status: 0 });
  await (
    await journal.open(expense, call)
  ).failed({ outcome: 'refused', code: 'API_ERROR', status: 500 });
  await (
    await journal.open(expense, call)
  ).failed({ outcome: 'unsent', code: 'TransientNetworkFailure', status: 0 });
  const unknown = await unknownCalls();
  expect(unknown).toMatchObject([{ callId: open.intent.callId, reference: 'prompt-7' }]);
  expect(await journal.spent('v1')).toEqual({ sureUsd: 0, possibleUsd: 0.08 });
  const [found] = unknown;
  if (!found) throw new Error('unreachable');
  const end = {
    outcome: 'answered' as const,
    status: 200,
    code: '',
    usage: { pictures: 1 },
    requestId: '',
  };
  await journal.resolve(found, { ...end, costUsd: 0.04, isEstimate: false });
  await journal.resolve(found, { ...end, costUsd: 0.04, isEstimate: false });
  expect(await unknownCalls()).toEqual([]);
  expect(await journal.spent('v1')).toEqual({ sureUsd: 0.04, possibleUsd: 0 });
});

test('a running call is possible cost', async () => {
  await journal.open(expense, call);
  expect(await journal.spent('v1')).toEqual({ sureUsd: 0, possibleUsd: 0.08 });
  expect((await unknownCalls()).length).toBe(1);
});

test('films have books of their own, and units are told apart', async () => {
  await journal.open(expense, call);
  await journal.open({ ...expense, unitKey: 'b'.repeat(64) }, call);
  await journal.open({ ...expense, videoId: 'v2' }, call);
  expect((await journal.calls('v1')).length).toBe(2);
  expect((await journal.calls('v1', 'b'.repeat(64))).length).toBe(1);
  expect(await journal.calls('never')).toEqual([]);
  await expect(journal.calls('../v1')).rejects.toThrow(TypeError);
});

test.each([
  ['an intent that is damaged', 'ffffffffffffffff.intent', '{"half":'],
  ['an intent that says no amount', 'ffffffffffffffff.intent', '{"callId":"ffffffffffffffff"}'],
  ['an end without an intent', 'ffffffffffffffff.end', '{"outcome":"refused","costUsd":0}'],
])(
  '%s is a call of which nobody knows, and holds every call under a cap',
  async (_, name, text) => {
    await journal.open(expense, call);
    await writeFile(path.join(root, 'ledger', 'v1', `${name}.json`), text);
    const whole = await journal.calls('v1');
    expect(whole.filter(isUnknownCall)).toHaveLength(2);
    expect(whole).toContainEqual(expect.objectContaining({ isDamaged: true, worstUsd: 0 }));
    expect(await journal.calls('v1', 'a'.repeat(64))).toHaveLength(1);
    const refused = { code: 'BUDGET_EXCEEDED', retryable: false };
    await expect(journal.spent('v1')).rejects.toMatchObject(refused);
    await expect(journal.open({ ...expense, capUsd: 100 }, call)).rejects.toMatchObject(refused);
    await journal.open(expense, call);
  },
);

test('an end that is damaged leaves its call at the worst case', async () => {
  const open = await journal.open(expense, call);
  await open.failed({ outcome: 'refused', code: 'X', status: 400 });
  const file = path.join(root, 'ledger', 'v1', `${open.intent.callId}.end.json`);
  for (const text of ['{"half":', '{}', '{"outcome":"refused"}', 'null']) {
    await writeFile(file, text);
    const again = new CallJournal(new LocalLedger(root));
    expect(await again.spent('v1')).toEqual({ sureUsd: 0, possibleUsd: 0.08 });
  }
});

test('a call whose cap cannot be held, since the book cannot be read, reserves nothing', async () => {
  class Unreadable extends LocalLedger {
    override async read(): Promise<Map<string, unknown>> {
      return Promise.reject(new Error('the disk is ill'));
    }
  }
  const ill = new CallJournal(new Unreadable(root));
  await expect(ill.open({ ...expense, capUsd: 1 }, call)).rejects.toThrow('the disk is ill');
  expect(await journal.calls('v1')).toMatchObject([{ end: { outcome: 'unsent' } }]);
  expect(await journal.spent('v1')).toEqual({ sureUsd: 0, possibleUsd: 0 });
});

test('what is worked out here is marked as such, whether it is the usage or the price', async () => {
  const usageOf = () => ({ pictures: 1, isEstimate: true });
  const guess = { ...price, isGuess: true as const };
  const exact = { ...expense, usageOf: () => ({ pictures: 1 }) };
  await (await journal.open({ ...expense, usageOf, unitKey: 'usage' }, call)).answered(reply({}));
  await (
    await journal.open({ ...exact, price: guess, unitKey: 'price' }, call)
  ).answered(reply({}));
  await (await journal.open({ ...exact, unitKey: 'neither' }, call)).answered(reply({}));
  const calls = await journal.calls('v1');
  expect(new Map(calls.map(({ unitKey, end }) => [unitKey, end?.isEstimate]))).toEqual(
    new Map([
      ['usage', true],
      ['price', true],
      ['neither', false],
    ]),
  );
  for (const { end } of calls) expect(end?.usage).toEqual({ pictures: 1 });
});

test('many writers at the same time lose no entry, and the sum is right', async () => {
  const writers = Array.from(
    { length: 4 },
    () => new CallJournal(new LocalLedger(root), () => nowMs),
  );
  await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const writer = writers[index % writers.length] as CallJournal;
      const open = await writer.open(expense, call);
      if (index % 3 === 0) await open.answered(reply({}));
      if (index % 3 === 1) await open.failed({ outcome: 'refused', code: 'x', status: 400 });
    }),
  );
  expect((await journal.calls('v1')).length).toBe(60);
  const { sureUsd, possibleUsd } = await journal.spent('v1');
  expect(sureUsd).toBeCloseTo(20 * 0.08);
  expect(possibleUsd).toBeCloseTo(20 * 0.08);
});

test('killed between intent and end, the call stands as unknown', async () => {
  const built = path.resolve(import.meta.dirname, '../dist/journal.js');
  const storage = path.resolve(import.meta.dirname, '../../storage/dist/index.js');
  const program = `
    const { CallJournal } = await import(${JSON.stringify(pathToFileURL(built).href)});
    const { LocalLedger } = await import(${JSON.stringify(pathToFileURL(storage).href)});
    const journal = new CallJournal(new LocalLedger(${JSON.stringify(root)}));
    await journal.open(${JSON.stringify(expense)}, ${JSON.stringify(call)});
    process.stdout.write('open');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await unknownCalls()).toMatchObject([
    { provider: 'openai', vendor: 'v', worstUsd: 0.08, end: undefined },
  ]);
});

test('whatever ends come in whatever order, sure and possible cost never go below the bill', async () => {
  const ending = fc.constantFrom('answered', 'refused', 'unsent', 'unknown', 'killed');
  await fc.assert(
    fc.asyncProperty(fc.array(ending, { maxLength: 8 }), fc.uuid(), async (endings, videoId) => {
      let bill = 0;
      for (const one of endings) {
        const open = await journal.open({ ...expense, videoId }, call);
        // An unknown or killed call may have been billed: the worst of it.
        if (one === 'answered' || one === 'unknown' || one === 'killed') bill += 0.08;
        if (one === 'answered') await open.answered(reply({}));
        else if (one !== 'killed') await open.failed({ outcome: one, code: '', status: 0 });
      }
      const { sureUsd, possibleUsd } = await journal.spent(videoId);
      expect(sureUsd + possibleUsd).toBeCloseTo(bill);
    }),
    { numRuns: 15 },
  );
});
