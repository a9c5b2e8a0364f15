import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WriteScriptRequest } from '@aura/proto';
import { createVendors, PriceList, registryProblems } from '@aura/provider';
import { LocalStore } from '@aura/storage';
import { createScriptActivities, probeProviders } from './create-script-activities.js';
import { SCRIPT_PROVIDERS } from './providers/registry.js';
const request: WriteScriptRequest = {
  job: { videoId: 'v1', run: 1, tenantId: 'local', correlationId: 'c1' },
  provider: 'rule-based',
  brief: { text: 'volcanoes', style: 'documentary', audience: '', language: 'en-US' },
  plan: { targetDurationMs: 30_000, maxScenes: 120 },
  pace: { msPerCharacter: 65, msPerSentence: 250, provider: 'flite', unitKey: 'p1' },
};

const vendors = createVendors();
const prices = new PriceList([]);
let root = '';
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'aura-script-'));
});
afterAll(async () => {
  await vendors.close();
  await rm(root, { recursive: true, force: true });
});

function activities(wordnetPath = 'wn') {
  return createScriptActivities({ store: new LocalStore(root), vendors, prices, wordnetPath });
}

test('writes a script, records it under its key and gives it back the next time', async () => {
  const first = await activities().writeScript(request);
  expect(first.unitKey).toMatch(/^[0-9a-f]{64}$/);
  expect(first.provider).toBe('rule-based');
  const again = await activities().writeScript({
    ...request,
    job: { ...request.job, videoId: 'v2', run: 3, correlationId: 'c9' },
  });
  expect(again).toEqual(first);
});

test('everything that shows in the script changes its key, and nothing else does', async () => {
  const key = async (change: Partial<WriteScriptRequest>): Promise<string> =>
    (await activities().writeScript({ ...request, ...change })).unitKey;
  const base = await key({});
  const changed = await Promise.all([
    key({ brief: { ...request.brief, text: 'bees' } }),
    key({ brief: { ...request.brief, style: 'story' } }),
    key({ brief: { ...request.brief, audience: 'children' } }),
    key({ brief: { ...request.brief, language: 'de-DE' } }),
    key({ plan: { ...request.plan, targetDurationMs: 31_000 } }),
    key({ plan: { ...request.plan, maxScenes: 4 } }),
    key({ pace: { ...request.pace, msPerCharacter: 70 } }),
    key({ pace: { ...request.pace, msPerSentence: 400 } }),
    activities('/nowhere/wn')
      .writeScript(request)
      .then(({ unitKey }) => unitKey),
  ]);
  expect(new Set([base, ...changed]).size).toBe(changed.length + 1);
  expect(
    await key({
      pace: { ...request.pace, msPerCharacter: 65.01, provider: 'other', unitKey: 'p2' },
    }),
  ).toBe(base);
});

test('refuses a provider that it does not have', async () => {
  await expect(
    activities().writeScript({ ...request, provider: 'clay-tablet' }),
  ).rejects.toMatchObject({ code: 'InvalidInput:provider' });
});

test('a brief without words and one without enough of them fail with their codes and leave no scratch', async () => {
  const failing = (text: string, targetDurationMs: number) =>
    activities().writeScript({
      ...request,
      brief: { ...request.brief, text },
      plan: { ...request.plan, targetDurationMs },
    });
  await expect(failing('…', 30_000)).rejects.toMatchObject({ code: 'InvalidInput:brief' });
  await expect(failing('Zorblaxian flumentics', 900_000)).rejects.toMatchObject({
    code: 'ScriptInvalid',
    remediation: expect.stringContaining('longer or clearer brief'),
  });
  expect(await readdir(path.join(root, 'scratch', 'v1')).catch(() => [])).toEqual([]);
});

test('without keys and servers only rules are usable, and each of the others says why', async () => {
  const nobody = { host: 'http://127.0.0.1:9', model: 'llama3.1:8b' };
  const reports = await probeProviders({ wordnetPath: '/nowhere/wn', ollama: nobody, vendors });
  const said = Object.fromEntries(reports.map(({ name, ...report }) => [name, report]));
  expect(Object.keys(said)).toEqual([
    'openai',
    'anthropic',
    'openai-compatible',
    'ollama',
    'rule-based',
    'own',
  ]);
  expect(said['openai']).toMatchObject({
    usable: false,
    code: 'MissingApiKey:OPENAI_API_KEY',
    reason: 'OPENAI_API_KEY is not set.',
    facts: { kind: 'language-model', remote: true, configured: false },
  });
  expect(said['anthropic']).toMatchObject({
    usable: false,
    code: 'MissingApiKey:ANTHROPIC_API_KEY',
  });
  expect(said['openai-compatible']).toMatchObject({
    usable: false,
    reason: 'OPENAI_COMPATIBLE_BASE_URL is not set.',
    facts: { configured: false },
  });
  expect(said['ollama']).toMatchObject({
    usable: false,
    reason: 'Ollama not running at 127.0.0.1:9. Start it with: ollama serve',
    facts: { remote: false },
  });
  expect(said['rule-based']).toMatchObject({
    stage: 'script',
    usable: true,
    reason: expect.stringContaining('WordNet'),
    languages: [],
    facts: { kind: 'rules', remote: false, configured: true },
  });
});

test('the registry is in order', () => {
  expect(registryProblems(SCRIPT_PROVIDERS)).toEqual([]);
});
