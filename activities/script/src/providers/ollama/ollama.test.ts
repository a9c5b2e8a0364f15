import { afterEach, expect, test } from 'vitest';
import { startVendor, type Fault, type Vendor, type VendorOptions } from '@aura/vendors';
import { openStage, type Stage } from '../../testing/asked-models.js';
import { lengthShare } from '../../testing/scripts.js';
import { probeProviders } from '../../create-script-activities.js';

let vendor: Vendor | undefined;
let stage: Stage | undefined;
afterEach(async () => {
  await stage?.close();
  await vendor?.close();
});

interface Message {
  role: string;
  content: string;
}

interface Wish {
  models?: readonly string[];
  model?: string;
  totalMs?: number;
  options?: VendorOptions;
}

async function opened({
  models = ['llama3.1:8b'],
  model = 'llama3.1:8b',
  totalMs,
  options,
}: Wish = {}) {
  vendor = await startVendor('ollama', { models, ...options });
  const settings = { ollama: { host: vendor.url, model } };
  stage = await openStage(settings, { provider: 'ollama', totalMs: totalMs ?? 20_000 });
  return { vendor, stage, settings };
}

const chats = () => vendor?.requests().filter(({ path }) => path === '/api/chat') ?? [];

test('writes a film with the model of the machine, for nothing, and asks for its models once', async () => {
  const { stage, vendor } = await opened();
  const script = await stage.write({ seconds: 150 });
  expect(script.provider).toBe('ollama');
  expect(lengthShare(script, 150)).toBeGreaterThan(0.8);
  await stage.write({ text: 'Volcanoes' });
  const looks = vendor.requests().filter(({ path }) => path === '/api/tags');
  expect(looks).toHaveLength(1);
  expect(await stage.journal.spent('v1')).toEqual({ sureUsd: 0, possibleUsd: 0 });
  const [call] = await stage.journal.calls('v1');
  expect(call?.end?.usage.outputTokens).toBeGreaterThan(50);
});

test('asks exactly so: the schema as a grammar, a window that holds everything, no stream', async () => {
  const { stage } = await opened();
  await stage.write();
  expect(chats()[0]?.json).toMatchObject({
    model: 'llama3.1:8b',
    stream: false,
    format: { type: 'object', required: ['title', 'hook', 'scenes', 'closing'] },
    options: { num_ctx: 8_192, num_predict: expect.any(Number) },
  });
  const { messages = [] } = (chats()[0]?.json ?? {}) as { messages?: Message[] };
  expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
  expect(messages[1]?.content).toContain('<brief>\nHow bees make honey\n</brief>');
});

test('another quantisation of the asked model is asked under its own name', async () => {
  const { stage } = await opened({ models: ['llama3.1:8b-instruct-q4_K_M'] });
  await stage.write();
  expect(chats()[0]?.json).toMatchObject({ model: 'llama3.1:8b-instruct-q4_K_M' });
});

test('a missing model is told with the command that pulls it, and is not asked for', async () => {
  const { stage, vendor } = await opened({ models: ['qwen2.5:7b'] });
  await expect(stage.write()).rejects.toMatchObject({
    code: 'RESOURCE_NOT_FOUND',
    message: 'Ollama has no model llama3.1:8b. Run: ollama pull llama3.1:8b',
    retryable: false,
  });
  expect(vendor.requests().map(({ path }) => path)).toEqual(['/api/tags']);
});

test('a model that vanishes is told alike, and looked for again the next time', async () => {
  const { stage, vendor } = await opened();
  vendor.faults([{ kind: 'model-missing', route: 'POST /api/chat', calls: 1 }]);
  await expect(stage.write()).rejects.toMatchObject({
    code: 'RESOURCE_NOT_FOUND',
    message: expect.stringContaining('ollama pull llama3.1:8b'),
  });
  expect((await stage.write()).provider).toBe('ollama');
});

test('says plainly that Ollama is not running, soon, and without tripping the breaker', async () => {
  stage = await openStage(
    { ollama: { host: '127.0.0.1:9', model: 'llama3.1:8b' } },
    { provider: 'ollama' },
  );
  const startedAt = performance.now();
  for (let tries = 0; tries < 7; tries += 1) {
    await expect(stage.write()).rejects.toMatchObject({
      code: 'TransientNetworkFailure',
      message: 'Ollama not running at 127.0.0.1:9. Start it with: ollama serve',
    });
  }
  expect(performance.now() - startedAt).toBeLessThan(4_000);
  expect(stage.vendors.health().filter(({ breaker }) => breaker !== 'closed')).toEqual([]);
});

test('a report of an Ollama that hangs is there within two seconds', async () => {
  const { stage, vendor, settings } = await opened();
  vendor.faults([{ kind: 'hang' }]);
  const startedAt = performance.now();
  const reports = await probeProviders({
    wordnetPath: '/nowhere',
    ...settings,
    vendors: stage.vendors,
  });
  expect(performance.now() - startedAt).toBeLessThan(2_500);
  expect(reports.find(({ name }) => name === 'ollama')).toBeDefined();
});

test('reports what is there: usable with its models, not usable with the command that helps', async () => {
  const { stage, settings } = await opened({ models: ['llama3.1:8b', 'qwen2.5:7b'] });
  const report = async (model = 'llama3.1:8b') => {
    const reports = await probeProviders({
      wordnetPath: '/nowhere',
      ollama: { ...settings.ollama, model },
      vendors: stage.vendors,
    });
    return reports.find(({ name }) => name === 'ollama');
  };
  expect(await report()).toMatchObject({
    usable: true,
    facts: { configured: true, remote: false, models: ['llama3.1:8b', 'qwen2.5:7b'] },
  });
  expect(await report('mistral')).toMatchObject({
    usable: false,
    code: 'RESOURCE_NOT_FOUND',
    reason: expect.stringContaining('ollama pull mistral'),
  });
});

test('a late answer while the model is being loaded is told as that', async () => {
  const { stage } = await opened({ totalMs: 600, options: { loadMs: 10_000 } });
  await expect(stage.write()).rejects.toMatchObject({
    code: 'NETWORK_TIMEOUT',
    message: 'Ollama is still loading llama3.1:8b: it answers once the model is in memory.',
    retryable: true,
  });
});

test.each<[Fault, object]>([
  [{ kind: 'status', status: 500 }, { code: 'API_ERROR' }],
  [{ kind: 'status', status: 503 }, { code: 'API_ERROR' }],
  [{ kind: 'reset', when: 'before' }, { code: 'TransientNetworkFailure' }],
  [{ kind: 'reset', when: 'inside' }, { code: 'TransientNetworkFailure' }],
  [{ kind: 'garbage' }, { code: 'API_ERROR' }],
  [{ kind: 'deep-json' }, { code: 'API_ERROR' }],
  [{ kind: 'bad-script', how: 'not-json' }, { code: 'ScriptInvalid' }],
  [{ kind: 'refusal' }, { code: 'ScriptInvalid' }],
])('%p is told as %p', async (fault, failure) => {
  const { stage, vendor } = await opened();
  vendor.faults([{ ...fault, route: 'POST /api/chat' }]);
  await expect(stage.write()).rejects.toMatchObject({ name: 'Failure', ...failure });
});
