import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import OpenAI, { toFile } from 'openai';
import { describeCauses, Failure } from '@aura/failure';
import { LocalLedger } from '@aura/storage';
import type { Account } from './account.js';
import { openAiAccount } from './accounts/openai.js';
import { createVendors } from './create-vendors.js';
import {
  cutShort,
  FaultServer,
  hang,
  hangInTheBody,
  json,
  reset,
  type Answer,
} from './fault-server.test-kit.js';
import { CallJournal, type Expense } from './journal.js';
import { SDK_OPTIONS, type Vendors } from './vendors.js';

const KEY = 'sk-canary-0123456789abcdef';
const COMPLETION = {
  id: 'c1',
  object: 'chat.completion',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'hello' } }],
  usage: { prompt_tokens: 1_000, completion_tokens: 500 },
};
let root: string;
let server: FaultServer;
let nowMs: number;
let journal: CallJournal;
let vendors: Vendors;
let account: Account;
let expense: Expense;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'aura-sdk-'));
  server = await FaultServer.start(json(COMPLETION, 200, { 'x-request-id': 'req_1' }));
  nowMs = 1_000_000;
  journal = new CallJournal(new LocalLedger(root), () => nowMs);
  vendors = createVendors({ journal, now: () => nowMs });
  account = openAiAccount({ key: KEY, baseUrl: `${server.url}/v1` });
  expense = {
    videoId: 'v1',
    unitKey: 'a'.repeat(64),
    capUsd: undefined,
    provider: 'openai',
    price: {
      vendor: 'openai',
      model: 'm',
      inputPerMillion: 1,
      outputPerMillion: 2,
      source: 's',
      asOf: 'd',
    },
    worst: { inputTokens: 2_000, outputTokens: 4_000 },
    usageOf: (reply) => {
      const { usage } = reply.json() as typeof COMPLETION;
      return { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens };
    },
  };
});
afterEach(async () => {
  await vendors.close();
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

function chat(options: { signal?: AbortSignal; totalMs?: number; on?: Account } = {}) {
  const { signal, totalMs = 5_000, on = account } = options;
  const call = { account: on, endpoint: 'chat', model: 'm', signal, expense, limits: { totalMs } };
  return vendors.callSdk(call, (fetch) =>
    new OpenAI({ ...SDK_OPTIONS, baseURL: on.baseUrl, fetch }).chat.completions.create({
      model: 'm',
      messages: [{ role: 'user', content: 'canary prompt' }],
    }),
  );
}

async function failureOf(made: Promise<unknown>): Promise<Failure> {
  const failure: unknown = await made.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  return failure as Failure;
}

test('the official SDK works through it, with the account’s key, and its use is paid for exactly', async () => {
  const completion = await chat();
  expect(completion.choices[0]?.message.content).toBe('hello');
  expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  const [call] = await journal.calls('v1');
  expect(call).toMatchObject({ vendor: 'openai', endpoint: 'chat', model: 'm', worstUsd: 0.01 });
  expect(call?.end).toMatchObject({ outcome: 'answered', costUsd: 0.002, requestId: 'req_1' });
});

test('sound comes back as bytes, and files go out as a form', async () => {
  server.answer = (response) => {
    response.writeHead(200, { 'content-type': 'audio/wav' }).end(Buffer.from([1, 2, 3]));
  };
  const speech = { account, endpoint: 'speech', mediaTypes: ['audio/'] };
  const sound = await vendors.callSdk(speech, async (fetch) => {
    const sdk = new OpenAI({ ...SDK_OPTIONS, baseURL: account.baseUrl, fetch });
    const reply = await sdk.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'Hi.' });
    return Buffer.from(await reply.arrayBuffer());
  });
  expect([...sound]).toEqual([1, 2, 3]);
  server.answer = json({ text: 'Hi.' });
  await vendors.callSdk({ account, endpoint: 'listen' }, async (fetch) => {
    const sdk = new OpenAI({ ...SDK_OPTIONS, baseURL: account.baseUrl, fetch });
    const file = await toFile(Buffer.from('RIFF'), 'a.wav');
    return sdk.audio.transcriptions.create({ model: 'whisper-1', file });
  });
  const [, heard] = server.seen;
  expect(heard?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(heard?.body.toString('latin1')).toContain('RIFF');
});

test.each<[what: string, answer: Answer, code: string, retryable: boolean]>([
  ['hang', hang, 'NETWORK_TIMEOUT', true],
  ['hang in the body', hangInTheBody, 'NETWORK_TIMEOUT', true],
  ['reset', reset, 'TransientNetworkFailure', true],
  ['cut short', cutShort, 'TransientNetworkFailure', true],
  ['garbage', json('{"id":'), 'API_ERROR', true],
  ['401', json({ error: { message: `Incorrect API key: ${KEY}` } }, 401), 'AUTH_FAILED', false],
  ['429', json({}, 429, { 'retry-after': '7' }), 'RATE_LIMIT_EXCEEDED', true],
  [
    '429 without money',
    json({ error: { code: 'insufficient_quota' } }, 429),
    'QUOTA_EXCEEDED',
    false,
  ],
  ['404', json({ error: { code: 'model_not_found' } }, 404), 'RESOURCE_NOT_FOUND', false],
  ['500', json({ error: { message: `for ${KEY}` } }, 500), 'API_ERROR', true],
])(
  'whatever the SDK makes of it, %s is thrown as the Failure that it is, and sent once',
  async (_what, answer, code, retryable) => {
    server.answer = answer;
    const failure = await failureOf(chat({ totalMs: 250 }));
    expect(failure).toMatchObject({ code, retryable });
    expect(server.seen.length).toBe(1);
    if (code === 'RATE_LIMIT_EXCEEDED') expect(failure.retryAfterMs).toBe(7_000);
  },
);

test.each<[what: string, answer: Answer, outcome: string]>([
  ['lost reply', reset, 'unknown'],
  ['time-out', hang, 'unknown'],
  ['garbage', json('{'), 'unknown'],
  ['error', json({}, 503), 'refused'],
])('the journal says of a %s that its outcome is %s', async (_what, answer, outcome) => {
  server.answer = answer;
  await failureOf(chat({ totalMs: 200 }));
  const [call] = await journal.calls('v1');
  expect(call?.end?.outcome).toBe(outcome);
  const possibleUsd = (await journal.spent('v1')).possibleUsd;
  expect(possibleUsd).toBe(outcome === 'unknown' ? 0.01 : 0);
});

test('the journal says of a call to nobody that it was not sent', async () => {
  const on = openAiAccount({ key: KEY, baseUrl: 'http://127.0.0.1:1/v1' });
  await failureOf(chat({ on }));
  expect((await journal.calls('v1'))[0]?.end?.outcome).toBe('unsent');
});

test('a cancel is thrown as the reason of the signal, and leaves an unknown outcome', async () => {
  const cancel = new AbortController();
  const reason = new Error('canceled by the user');
  server.answer = () => cancel.abort(reason);
  await expect(chat({ signal: cancel.signal })).rejects.toBe(reason);
  expect(await journal.calls('v1')).toMatchObject([
    { end: { outcome: 'unknown', code: 'Canceled' } },
  ]);
  expect(vendors.health()).toMatchObject([{ breaker: 'closed', failures: 0 }]);
});

test('what an adapter throws itself stays what it is', async () => {
  const own = new Failure('ScriptInvalid', 'no scenes');
  const made = vendors.callSdk({ account, endpoint: 'chat' }, async (fetch) => {
    await fetch(`${account.baseUrl}/chat`).catch(() => undefined);
    throw own;
  });
  await expect(made).rejects.toBe(own);
});

test('an SDK that is misled to another host gets no key there and no reply from there', async () => {
  const other = await FaultServer.start();
  const made = vendors.callSdk({ account, endpoint: 'chat' }, (fetch) =>
    new OpenAI({ ...SDK_OPTIONS, baseURL: `${other.url}/v1`, fetch }).models.list(),
  );
  expect((await failureOf(made)).code).toBe('INVALID_CONFIG');
  expect(other.seen).toEqual([]);
  await other.stop();
});

test('five failures of an endpoint leave it alone for a minute; its other endpoints go on', async () => {
  server.answer = json({}, 500);
  for (let count = 0; count < 5; count += 1) await failureOf(chat());
  const failure = await failureOf(chat());
  expect(failure).toMatchObject({ code: 'CIRCUIT_OPEN', retryable: false });
  expect(server.seen.length).toBe(5);
  expect((await journal.calls('v1')).length).toBe(5);
  expect(vendors.health()).toMatchObject([
    {
      vendor: 'openai',
      endpoint: 'chat',
      breaker: 'open',
      opensAtMs: nowMs + 60_000,
      calls: 5,
      failures: 5,
      lastFailure: { code: 'API_ERROR', message: 'Service unavailable', atMs: nowMs },
    },
  ]);
  server.answer = json(COMPLETION);
  await vendors.callVendor({ account, endpoint: 'speech', path: '/audio' });
  expect((await vendors.probe(account)).reachable).toBe(true);
  expect((await failureOf(chat())).code).toBe('CIRCUIT_OPEN');
  nowMs += 60_000;
  await chat();
  expect(vendors.health()[0]?.breaker).toBe('half-open');
  await chat();
  expect(vendors.health()[0]?.breaker).toBe('closed');
});

test('neither 4xx nor probes nor cancels open a breaker', async () => {
  server.answer = json({}, 429);
  for (let count = 0; count < 10; count += 1) await failureOf(chat());
  server.answer = json({}, 500);
  for (let count = 0; count < 10; count += 1) await vendors.probe(account);
  const gone = AbortSignal.abort(new Error('gone'));
  for (let count = 0; count < 10; count += 1) await chat({ signal: gone }).catch(() => undefined);
  expect(vendors.health()).toMatchObject([{ breaker: 'closed', calls: 10, failures: 0 }]);
});

test('the key and the prompt stand in no failure, no journal and no state, whatever the vendor gives back', async () => {
  const shown: string[] = [];
  for (const status of [200, 400, 401, 403, 404, 429, 500]) {
    server.answer = (response, { headers, body }) =>
      json({ error: { message: headers.authorization, body: body.toString() } }, status, {
        'x-request-id': `req_2 ${headers.authorization}`,
      })(response, { headers, body } as never);
    const thrown: unknown = await chat().catch((error: unknown) => error);
    shown.push(inspect(thrown, { depth: 9 }), describeCauses(thrown), JSON.stringify(thrown));
  }
  shown.push(JSON.stringify(vendors.health()), JSON.stringify(await journal.calls('v1')));
  for (const file of await readdir(path.join(root, 'ledger', 'v1'))) {
    shown.push(file, await readFile(path.join(root, 'ledger', 'v1', file), 'utf8'));
  }
  // The reply of success is the adapter's; it stands first and is left out here.
  expect(shown.slice(3).join('\n')).not.toMatch(/canary/);
});
