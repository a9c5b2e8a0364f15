import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startVendor, type Fault, type Vendor, type VendorName } from '@aura/vendors';
import { createVoiceActivities } from '../create-voice-activities.js';
import { voiceProviders } from '../provider-reports.js';
import { SCENE, voiceStage, type VoiceStage } from '../testing/voice-stage.js';
import type { VoiceSettings } from './voice-settings.js';

/** Every provider that is asked over the network, against a server that speaks its vendor's protocol and goes wrong. */
const CASES: {
  provider: string;
  name: VendorName;
  settings: (vendor: Vendor) => Partial<VoiceSettings>;
}[] = [
  {
    provider: 'elevenlabs',
    name: 'elevenlabs',
    settings: ({ url, key }) => ({ elevenLabs: { apiKey: key, baseUrl: url } }),
  },
  {
    provider: 'openai',
    name: 'openai',
    settings: ({ url, key }) => ({ openAi: { apiKey: key, baseUrl: `${url}/v1` } }),
  },
  {
    provider: 'deepgram',
    name: 'deepgram',
    settings: ({ url, key }) => ({ deepgram: { apiKey: key, baseUrl: url } }),
  },
  {
    provider: 'openai-compatible',
    name: 'kokoro',
    settings: ({ url }) => ({ openAiCompatible: { url: `${url}/v1`, apiKey: CANARY } }),
  },
  { provider: 'piper', name: 'piper', settings: ({ url }) => ({ piper: { url } }) },
];

const CANARY = 'canary-0123456789abcdef0123456789abcdef';
const KEYS: Partial<Record<VendorName, string>> = {
  elevenlabs: `sk_${'c0ffee'.repeat(8)}`,
  openai: `sk-proj-${'canary'.repeat(12)}`,
  deepgram: 'c0ffee'.repeat(7).slice(0, 40),
};

for (const each of CASES) faultsOf(each);

/** By default each fault meets two providers or one, and each provider three faults; with `npm run test:long` all. */
function isDue(fault: number, ofProvider: number): boolean {
  return process.env['AURA_TEST_SCALE'] === 'long' || (fault + ofProvider) % 3 === 0;
}

function faultsOf(each: (typeof CASES)[number]): void {
  const { provider, name, settings } = each;
  let vendor: Vendor;
  let stage: VoiceStage;
  let serial = 0;
  beforeAll(async () => {
    vendor = await startVendor(name, KEYS[name] ? { key: KEYS[name] } : {});
    stage = await voiceStage(settings(vendor));
  });
  afterAll(async () => {
    await stage.close();
    await vendor.close();
  });

  /** Only where it speaks: its list of voices stays in order. */
  const narrate = async (...faults: Partial<Fault>[]) => {
    const isHung = faults.some(({ kind }) => kind === 'hang');
    const own = await voiceStage(settings(vendor), { totalMs: isHung ? 600 : 20_000 });
    vendor.reset();
    vendor.faults(faults.map((fault) => ({ match: 'Nobody crossed', ...fault }) as Fault));
    try {
      serial += 1;
      return await own.narrate({
        provider,
        text: `Nobody crossed it before noon, says number ${serial}.`,
      });
    } finally {
      await own.close();
    }
  };

  const faults: [string, Partial<Fault>, string][] = [
    ['too many requests', { kind: 'rate-limit', retryAfter: '7' }, 'RATE_LIMIT_EXCEEDED'],
    ['a server error', { kind: 'status', status: 500 }, 'API_ERROR'],
    ['an overloaded server', { kind: 'status', status: 503 }, 'API_ERROR'],
    ['no answer in time', { kind: 'hang' }, 'NETWORK_TIMEOUT'],
    ['a hang inside the reply', { kind: 'hang', afterBytes: 400 }, 'NETWORK_TIMEOUT'],
    ['a broken connection', { kind: 'reset', when: 'before' }, 'TransientNetworkFailure'],
    [
      'a connection that breaks inside the reply',
      { kind: 'reset', when: 'inside' },
      'TransientNetworkFailure',
    ],
    ['a reply that is lost', { kind: 'lost-reply' }, 'TransientNetworkFailure'],
    ['silence', { kind: 'silent-audio' }, 'NarrationInvalid'],
    ['half of the sound', { kind: 'truncated-audio' }, 'NarrationInvalid'],
  ];
  test.each(faults.filter((_, at) => isDue(at, CASES.indexOf(each))))(
    `${provider}: %s is told as what it is, and may be tried again`,
    async (_name, fault, code) => {
      await expect(narrate(fault)).rejects.toMatchObject({
        code,
        entry: { retryable: true, fault: 'provider' },
      });
    },
  );

  test(`${provider}: garbage and endless replies are refused`, async () => {
    for (const kind of ['garbage', 'null', 'empty', 'html', 'odd-shape'] as const) {
      await expect(narrate({ kind })).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:API_ERROR|NarrationInvalid)$/u),
      });
    }
    const before = process.memoryUsage().rss;
    await expect(narrate({ kind: 'endless-body' })).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:API_ERROR|NETWORK_TIMEOUT)$/u),
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  test(`${provider}: a wait that the vendor asks for is kept to`, async () => {
    await expect(narrate({ kind: 'rate-limit', retryAfter: '7' })).rejects.toMatchObject({
      retryAfterMs: 7_000,
    });
    await expect(narrate({ kind: 'rate-limit', retryAfter: 'soon' })).rejects.toMatchObject({
      retryAfterMs: undefined,
    });
  });

  test(`${provider}: a refused key, an empty account and a missing model are told as such`, async () => {
    await expect(narrate({ kind: 'unauthorized' })).rejects.toMatchObject({
      code: 'AUTH_FAILED',
      message: 'Invalid API key',
      entry: { retryable: false },
    });
    await expect(narrate({ kind: 'no-money' })).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
  });

  test(`${provider}: a fault once, and the next try succeeds`, async () => {
    vendor.reset();
    vendor.faults([{ kind: 'status', status: 503, match: 'Second try', calls: 1 }]);
    const order = { provider, text: 'Second try.' };
    await expect(stage.narrate(order)).rejects.toMatchObject({ code: 'API_ERROR' });
    expect((await stage.narrate(order)).narration.provider).toBe(provider);
  });

  test(`${provider}: a cancel reaches the socket and is thrown as itself`, async () => {
    vendor.reset();
    vendor.faults([{ kind: 'hang', match: 'Never spoken' }]);
    const voices = createVoiceActivities({
      ...stage.services,
      store: stage.store,
      ffprobePath: 'ffprobe',
    });
    const activity = new MockActivityEnvironment();
    const order = { ...SCENE, provider, text: 'Never spoken.' };
    const outcome = activity.run(() => voices.narrateScene(order)).catch((error: unknown) => error);
    await until(() => vendor.requests().some(({ text }) => text.includes('Never spoken')));
    const beganMs = performance.now();
    activity.cancel('CANCELLED');
    expect(await outcome).toMatchObject({ name: 'CancelledFailure' });
    expect(performance.now() - beganMs).toBeLessThan(1_000);
    const health = stage.vendors.health().find(({ endpoint }) => endpoint === 'speech');
    expect(health?.breaker ?? 'closed').toBe('closed');
  });

  test(`${provider}: its key stands in no error, journal, report or stored file`, async () => {
    const secret = stageKey(settings(vendor));
    vendor.reset();
    vendor.faults([{ kind: 'unauthorized', match: 'Say nothing' }]);
    const error: unknown = await stage
      .narrate({ provider, text: 'Say nothing.' })
      .catch((thrown: unknown) => thrown);
    const said = [inspectDeep(error), JSON.stringify(await voiceProviders(stage.services))];
    for (const file of await filesIn(stage.root)) said.push(await readFile(file, 'latin1'));
    expect(said.length).toBeGreaterThan(2);
    if (secret) for (const text of said) expect(text.includes(secret)).toBe(false);
  });
}

function stageKey({ elevenLabs, openAi, deepgram, openAiCompatible }: Partial<VoiceSettings>) {
  return elevenLabs?.apiKey ?? openAi?.apiKey ?? deepgram?.apiKey ?? openAiCompatible?.apiKey;
}

function inspectDeep(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = JSON.stringify(error, Object.getOwnPropertyNames(error));
  return `${own} ${error.stack} ${error.cause === undefined ? '' : inspectDeep(error.cause)}`;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !isTrue(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(isTrue()).toBe(true);
}
