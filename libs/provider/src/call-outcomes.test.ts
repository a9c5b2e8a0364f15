import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import OpenAI from 'openai';
import { LocalLedger } from '@aura/storage';
import type { Account } from './account.js';
import { openAiAccount } from './accounts/openai.js';
import { compatibleAccount } from './accounts/openai-compatible.js';
import { createVendors } from './create-vendors.js';
import { FaultServer, hang, json, type Answer } from './fault-server.test-kit.js';
import { wireFault } from './http/wire-fault.js';
import { CallJournal, type Expense } from './journal.js';
import { PRICES } from './price-table.js';
import type { VendorCall } from './vendor-call.js';
import { SDK_OPTIONS, type Vendors } from './vendors.js';

let root: string;
let server: FaultServer;
let journal: CallJournal;
let vendors: Vendors;
let account: Account;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'aura-outcomes-'));
  server = await FaultServer.start();
  journal = new CallJournal(new LocalLedger(root));
  vendors = createVendors({ journal });
  account = accountAt(`${server.url}/v1`);
});
afterEach(async () => {
  await vendors.close();
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

const accountAt = (baseUrl: string) => openAiAccount({ key: 'sk-0123456789abcdefghij', baseUrl });

const expense: Expense = {
  videoId: 'v1',
  unitKey: 'a'.repeat(64),
  capUsd: 1,
  provider: 'openai',
  price: { vendor: 'openai', model: 'm', perPicture: 0.1, source: 's', asOf: 'd' },
  worst: { pictures: 1 },
};

const call = (more: Partial<VendorCall> = {}) =>
  vendors.callVendor({ account, endpoint: 'chat', path: '/chat', json: {}, expense, ...more });

const chat = () =>
  vendors.callSdk({ account, endpoint: 'chat', model: 'm', expense }, (fetch) =>
    new OpenAI({ ...SDK_OPTIONS, baseURL: account.baseUrl, fetch }).chat.completions.create({
      model: 'm',
      messages: [{ role: 'user', content: 'Hello.' }],
    }),
  );

async function outcomes(): Promise<unknown[]> {
  return (await journal.calls('v1')).map(({ end }) => end?.outcome);
}

const page: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in to the Wi-Fi</html>');
};
const nothing: Answer = (response) => void response.writeHead(204).end();

test.each<[what: string, answer: Answer]>([
  ['null', json('null')],
  ['an empty body', json('')],
  ['no content', nothing],
  ['an empty object', json('{}')],
  ['a list', json('[]')],
  ['a number', json('7')],
  ['a string', json('"ok"')],
  ['a page', page],
])(
  'a good status with %s is the vendor’s failure for whoever asks by an SDK, and may be billed',
  async (_what, answer) => {
    server.answer = answer;
    await expect(chat()).rejects.toMatchObject({ code: 'API_ERROR', retryable: true });
    expect(await outcomes()).toEqual(['unknown']);
    expect(vendors.health()).toMatchObject([{ calls: 1, failures: 1 }]);
  },
);

test('a reply that an SDK stumbles over is the vendor’s failure, not ours', async () => {
  const made = vendors.callSdk({ account, endpoint: 'chat' }, async (fetch) => {
    const reply = await fetch(`${account.baseUrl}/chat`);
    return ((await reply.json()) as { choices: string[] }).choices[0]!.length;
  });
  await expect(made).rejects.toMatchObject({ code: 'API_ERROR' });
});

test('where only JSON is taken an empty body is none', async () => {
  server.answer = json('');
  await expect(call({ mediaTypes: ['application/json'] })).rejects.toMatchObject({
    code: 'API_ERROR',
  });
  await call();
});

test.each([
  [400, 'refused'],
  [408, 'unknown'],
  [429, 'refused'],
  [500, 'refused'],
  [502, 'unknown'],
  [503, 'refused'],
  [504, 'unknown'],
  [520, 'unknown'],
  [524, 'unknown'],
  [530, 'unknown'],
])('of a call that is answered with %d the outcome is %s', async (status, outcome) => {
  server.answer = json({}, status);
  await call().catch(() => undefined);
  expect(await outcomes()).toEqual([outcome]);
});

test.each(['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ERR_SSL_BAD_RECORD_MAC'])(
  '%s says that nothing was sent only where nothing was',
  (code) => {
    expect(wireFault({ code }, false).kind).toBe('connect');
    expect(wireFault({ code }, true).kind).toBe('network');
  },
);

test('what never left this machine reserves nothing: a cancel while connecting, and a disk that takes no reply', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const cancel = new AbortController();
  const on = accountAt(`https://127.0.0.1:${(silent.address() as AddressInfo).port}`);
  const startedMs = performance.now();
  const made = call({ account: on, signal: cancel.signal });
  setTimeout(() => cancel.abort(new Error('canceled')), 60);
  await expect(made).rejects.toThrow('canceled');
  await expect(
    call({ account: on, limits: { totalMs: 60, connectMs: 5_000 } }),
  ).rejects.toMatchObject({ code: 'NETWORK_TIMEOUT' });
  expect(performance.now() - startedMs).toBeLessThan(2_000);
  silent.close();
  await expect(call({ signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone');
  const saveTo = path.join(root, 'there');
  await writeFile(saveTo, '');
  await expect(call({ saveTo })).rejects.toMatchObject({ code: 'EEXIST' });
  expect(server.seen).toEqual([]);
  expect(new Set(await outcomes())).toEqual(new Set(['unsent']));
  expect(await journal.spent('v1')).toEqual({ sureUsd: 0, possibleUsd: 0 });
});

test('under a cap nothing is sent to a vendor whose price is a guess; own machines are asked', async () => {
  const price = PRICES.find('openai', 'gpt-9-ultra');
  const made = call({ model: 'gpt-9-ultra', expense: { ...expense, price } });
  await expect(made).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', retryable: false });
  await expect(made).rejects.toThrow('AURA_PRICES');
  expect([server.seen.length, await outcomes()]).toEqual([0, []]);
  await call({ expense: { ...expense, price, capUsd: undefined } });
  const own = compatibleAccount({
    baseUrl: `${server.url}/v1`,
    addressSetting: 'SERVER_URL',
    keySetting: 'SERVER_KEY',
  });
  const unlisted = { ...expense, price: PRICES.find('openai-compatible', 'llama') };
  await call({ account: own, expense: unlisted });
  expect(server.seen).toHaveLength(2);
});

test('a paid reply is given and a vendor’s failure told although the journal’s disk is lost meanwhile', async () => {
  const spoil: Answer = async (response, request) => {
    const book = path.join(root, 'ledger', 'v1');
    await rm(book, { recursive: true, force: true });
    await writeFile(book, '');
    await json({ paid: true }, request.url.endsWith('/ill') ? 500 : 200)(response, request);
  };
  server.answer = spoil;
  expect((await call()).json()).toEqual({ paid: true });
  await rm(path.join(root, 'ledger', 'v1'));
  await expect(call({ path: '/ill' })).rejects.toMatchObject({ code: 'API_ERROR' });
});

test('how long a connection and the beginning of an answer may take is set for all calls', async () => {
  await vendors.close();
  const timeouts = { defaultMs: 20_000, perVendor: {}, connectMs: 150, firstByteMs: 120 };
  vendors = createVendors({ timeouts, journal });
  server.answer = hang;
  await expect(call()).rejects.toMatchObject({ details: 'openai: no first byte after 120 ms' });
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const on = accountAt(`https://127.0.0.1:${(silent.address() as AddressInfo).port}`);
  await expect(call({ account: on, limits: { firstByteMs: 10_000 } })).rejects.toMatchObject({
    details: 'openai: no connection within the limit',
  });
  silent.close();
});
