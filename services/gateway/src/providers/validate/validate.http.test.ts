import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { createLog } from '@aura/telemetry';
import { startVendor, type Vendor, type VendorName } from '@aura/vendors';
import { postJson, type Answer } from '../../testing/requests.js';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';
import { worker } from '../../testing/worker-report.js';
import { validationSchema } from './validate-schema.js';

const CANARY = 'sk-proj-canary0123456789canary0123456789';
const NAMES = ['openai', 'anthropic', 'elevenlabs', 'pexels', 'pixabay', 'ollama'] as const;
type Name = (typeof NAMES)[number];

let server: TestDatabase;
let gateway: TestGateway;
let guarded: TestGateway;
let vendors: Record<Name, Vendor>;
const lines: string[] = [];

beforeAll(async () => {
  server = await startTestDatabase();
  const started = await Promise.all(NAMES.map((name: VendorName) => startVendor(name)));
  vendors = Object.fromEntries(started.map((vendor) => [vendor.name, vendor])) as typeof vendors;
  const { openai, anthropic, elevenlabs, pexels, pixabay, ollama } = vendors;
  const providerAddresses = {
    openai: `${openai.url}/v1`,
    anthropic: anthropic.url,
    elevenlabs: elevenlabs.url,
    pexels: pexels.url,
    pixabay: pixabay.url,
    ollama: ollama.url,
  };
  const log = createLog('gateway-test', 'trace', {
    to: { write: (line: string) => lines.push(line) },
  });
  gateway = await startTestGateway(server.url, { providerAddresses, log });
  guarded = await startTestGateway(server.url, { apiKey: 'k'.repeat(22) });
}, 60_000);
afterAll(async () => {
  await Promise.all([gateway.close(), guarded.close()]);
  await Promise.all(Object.values(vendors).map((vendor) => vendor.close()));
  await server.stop();
});
beforeEach(() => {
  for (const vendor of Object.values(vendors)) vendor.faults([]);
});

const validate = (provider: string, configuration?: object): Promise<Answer> =>
  postJson(`${gateway.url}/api/providers/validate-enhanced`, { provider, configuration });

test.each(['openai', 'anthropic', 'elevenlabs', 'pexels', 'pixabay'] as const)(
  '%s: a good key is valid; a wrong one is the problem "Invalid API key"; none is missing',
  async (name) => {
    const good = await validate(name, { apiKey: vendors[name].key });
    expect([good.status, good.json]).toMatchObject([
      200,
      { isValid: true, status: 'Valid', provider: name, reachable: true, fieldErrors: [] },
    ]);
    expect(validationSchema.parse(good.json)).toEqual(good.json);
    expect(good.json.fieldValidationStatus).toMatchObject({
      apiKey: 'Valid',
      baseUrl: 'NotNeeded',
    });
    expect(good.json.correlationId).toBe(good.headers['x-correlation-id']);

    const wrong = await validate(name, { apiKey: CANARY });
    expect([wrong.status, wrong.json]).toMatchObject([
      400,
      {
        code: 'InvalidApiKey',
        title: 'Invalid API key',
        detail: expect.stringMatching(/^Invalid API key/),
        isValid: false,
        provider: name,
        fieldErrors: [{ field: 'apiKey', code: 'AUTH_FAILED' }],
        fieldValidationStatus: { apiKey: 'Invalid' },
        errors: [{ field: 'configuration.apiKey' }],
      },
    ]);
    expect(wrong.headers['content-type']).toMatch(/^application\/problem\+json/);

    const none = await validate(name, {});
    expect([none.status, none.json.code]).toEqual([400, 'InvalidInput:configuration.apiKey']);
    expect(none.json.fieldValidationStatus.apiKey).toBe('Missing');
  },
);

test('the vendor is asked once, with the key where it belongs, and what it costs is nothing', async () => {
  const before = vendors.openai.requests().length;
  await validate('OpenAI', { apiKey: vendors.openai.key, model: 'gpt-4o-mini' });
  const asked = vendors.openai.requests().slice(before);
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/models']);
  expect(asked[0]?.headers['authorization']).toBe(`Bearer ${vendors.openai.key}`);
  expect(vendors.openai.bill().accepted).toBe(0);
});

test('a model that is not there is told with the models that are', async () => {
  const apiKey = vendors.openai.key;
  const there = await validate('openai', { apiKey, model: 'gpt-4o-mini' });
  expect(there.json.fieldValidationStatus.model).toBe('Valid');
  const missing = await validate('openai', { apiKey, model: 'gpt-0' });
  expect([missing.status, missing.json.code]).toEqual([400, 'InvalidInput:configuration.model']);
  expect(missing.json.detail).toContain('gpt-0');
  expect(missing.json.models).toContain('gpt-4o-mini');
});

test('a vendor that is ill or away leaves it open, without an error of ours', async () => {
  const apiKey = vendors.openai.key;
  const open = { isValid: false, status: 'NotChecked', fieldErrors: [] };
  vendors.openai.faults([{ kind: 'status', status: 503, calls: 1 }]);
  const ill = await validate('openai', { apiKey });
  expect([ill.status, ill.json]).toMatchObject([200, { ...open, reachable: true }]);
  vendors.openai.faults([{ kind: 'reset', when: 'before', calls: 1 }]);
  const away = await validate('openai', { apiKey });
  expect([away.status, away.json]).toMatchObject([200, { ...open, reachable: false }]);
  vendors.openai.faults([{ kind: 'no-money', calls: 1 }]);
  const poor = await validate('openai', { apiKey });
  expect([poor.status, poor.json]).toMatchObject([200, { isValid: true, status: 'Valid' }]);
});

test('tries move no breaker: after any number of failures the next one is made', async () => {
  const apiKey = vendors.openai.key;
  vendors.openai.faults([{ kind: 'status', status: 500, calls: { to: 7 } }]);
  for (let tries = 0; tries < 7; tries += 1) {
    expect((await validate('openai', { apiKey })).json.status).toBe('NotChecked');
  }
  expect((await validate('openai', { apiKey })).json.status).toBe('Valid');
});

test.each([
  'ollama',
  'local',
  'windows',
  'rulebased',
  'rule-based',
  'flite',
  'espeak-ng',
  'cards',
  'piper',
  'comfyui',
  'automatic1111',
])('%s is on own machines: 200 without a key', async (provider) => {
  const { status, json } = await validate(provider, {});
  expect([status, json]).toMatchObject([
    200,
    { isValid: true, status: 'Valid', fieldValidationStatus: { apiKey: 'NotNeeded' } },
  ]);
});

test('whether what is on own machines is there, the workers say', async () => {
  const silent = await validate('flite');
  expect(silent.json).toMatchObject({ provider: 'flite', reachable: null });
  const report: object = worker();
  await server.database.workerState.create({ data: { workerId: 'w', report } });
  expect((await validate('local')).json).toMatchObject({ provider: 'flite', reachable: true });
});

test('whether a server of one’s own is there is looked at now, whatever the workers last said', async () => {
  const facts = { kind: 'language-model', remote: false, configured: true, account: '', gives: '' };
  const ready = { name: 'ollama', stage: 'script', usable: true, reason: '', languages: [] };
  const providers = [{ ...ready, facts: { ...facts, models: ['llama3.1:8b'] } }];
  const report: object = worker({ workerId: 'o', providers });
  await server.database.workerState.create({ data: { workerId: 'o', report } });
  const there = await validate('ollama');
  expect([there.status, there.json]).toMatchObject([200, { isValid: true, reachable: true }]);
  expect(there.json.message).toBe('Ollama needs no key. It is there, and the workers can use it.');
  expect(there.json.fieldValidationStatus.baseUrl).toBe('NotNeeded');
  const missing = await validate('ollama', { model: 'nothing:1b' });
  expect([missing.status, missing.json.detail]).toEqual([
    400,
    'Ollama has no model nothing:1b. Run: ollama pull nothing:1b',
  ]);
  vendors.ollama.faults([{ kind: 'reset', when: 'before', route: '/api/tags' }]);
  const { status, json } = await validate('ollama');
  expect([status, json]).toMatchObject([200, { status: 'Valid', reachable: false, models: [] }]);
  expect(json.message).toContain('does not answer now at its address (OLLAMA_HOST)');
  expect(json.message).toContain('ollama serve');
  // A key that comes along is tried at the address that is configured.
  vendors.ollama.faults([{ kind: 'unauthorized', route: '/api/tags' }]);
  const refused = await validate('ollama', { apiKey: CANARY });
  expect(refused.status).toBe(400);
  await server.database.workerState.delete({ where: { workerId: 'o' } });
  const nobody = await validate('comfyui');
  expect(nobody.json).toMatchObject({
    reachable: null,
    message: expect.stringContaining('ComfyUI'),
  });
});

test('a server of one’s own is asked at the address that is named, and its models are told', async () => {
  const baseUrl = vendors.ollama.url;
  const { status, json } = await validate('ollama', { baseUrl });
  expect([status, json]).toMatchObject([200, { isValid: true, reachable: true }]);
  expect(json.models.length).toBeGreaterThan(0);
  const missing = await validate('ollama', { baseUrl, model: 'nothing:1b' });
  expect([missing.status, missing.json.detail]).toEqual([
    400,
    'Ollama has no model nothing:1b. Run: ollama pull nothing:1b',
  ]);
  const gone = await validate('ollama', { baseUrl: 'http://127.0.0.1:9' });
  expect([gone.status, gone.json]).toMatchObject([
    200,
    { isValid: false, status: 'NotChecked', reachable: false },
  ]);
});

test('nobody is asked at addresses inside but servers of one’s own, and those only by a neighbour', async () => {
  const requests = () => vendors.ollama.requests().length + vendors.openai.requests().length;
  const before = requests();
  const port = new URL(vendors.openai.url).port;
  const hosts = [
    vendors.openai.url,
    `http://localhost:${port}`,
    'http://[::1]',
    'http://127.0.0.1',
  ];
  for (const baseUrl of hosts) {
    const { status, json } = await validate('openai', { apiKey: CANARY, baseUrl });
    expect([status, json.code]).toEqual([400, 'InvalidInput:configuration.baseUrl']);
  }
  // A name of which only the look-up shows that it leads inside.
  const named = await validate('openai', { apiKey: CANARY, baseUrl: 'http://localhost' });
  expect([named.status, named.json.code]).toEqual([400, 'InvalidInput:configuration.baseUrl']);
  const shared = await postJson(
    `${guarded.url}/api/providers/validate-enhanced`,
    { provider: 'ollama', configuration: { baseUrl: vendors.ollama.url } },
    { Authorization: `Bearer ${'k'.repeat(22)}` },
  );
  expect([shared.status, shared.json.code]).toEqual([400, 'InvalidInput:configuration.baseUrl']);
  expect(shared.json.detail).toContain('Set OLLAMA_HOST');
  expect(requests()).toBe(before);
});

test('what is no provider, no member or no key is refused by name', async () => {
  const unknown = await validate('siri', {});
  expect([unknown.status, unknown.json.code]).toEqual([400, 'InvalidInput:provider']);
  expect(unknown.json.detail).toContain('elevenlabs');
  const member = await validate('openai', { secret: 'x' });
  expect(member.json.errors).toMatchObject([{ field: 'configuration.secret' }]);
  const odd = await validate('openai', { apiKey: 'two words' });
  expect([odd.status, odd.json.code]).toEqual([400, 'InvalidInput:configuration.apiKey']);
  expect(odd.json.detail).toMatch(/^The submitted key is empty or holds/);
  const address = await validate('openai', { apiKey: CANARY, baseUrl: 'not an address' });
  expect(address.json.code).toBe('InvalidInput:configuration.baseUrl');
});

test('a key that came in is in no reply and no line of the log, whatever becomes of it', async () => {
  const answers: Answer[] = [];
  const keep = async (asked: Promise<Answer>) => answers.push(await asked);
  for (const name of NAMES) await keep(validate(name, { apiKey: CANARY }));
  vendors.openai.faults([{ kind: 'garbage' }]);
  await keep(validate('openai', { apiKey: CANARY }));
  await keep(validate('openai', { apiKey: CANARY, baseUrl: 'http://10.0.0.1' }));
  await keep(validate('openai', { apiKey: `${CANARY} x` }));
  await keep(validate('openai', { apiKey: CANARY, model: 7 }));
  await keep(validate(CANARY, {}));
  const said = answers.map(({ text, headers }) => text + JSON.stringify(headers)).join('\n');
  expect(said).not.toContain(CANARY);
  expect(lines.length).toBeGreaterThan(answers.length);
  expect(lines.join('\n')).not.toContain(CANARY);
  expect(answers.every(({ status }) => status < 500)).toBe(true);
});
