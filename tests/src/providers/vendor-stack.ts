import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startVendor, type Vendor, type VendorName } from '@aura/vendors';
import { startStack, type Stack } from '../harness/index.js';
import type { Traces } from './watched-film.js';

const NAMES = [
  'openai',
  'anthropic',
  'elevenlabs',
  'deepgram',
  'kokoro',
  'piper',
  'comfyui',
  'automatic1111',
  'pexels',
  'pixabay',
] as const satisfies VendorName[];

const PICTURES_FIRST =
  'openai,comfyui,automatic1111,pexels,pixabay,figures,cards,comfyui-clips,pexels-clips,pixabay-clips';

/** Longer than this no call may take. */
const CALL_MS = 6_000;

export interface VendorStack {
  stack: Stack;
  vendors: Record<(typeof NAMES)[number], Vendor>;
  all: readonly Vendor[];
  /** What every key has in it, and nothing else has. */
  canary: string;
  /** Of the film that is watched while it is made. */
  traces?: Traces;
  /** Breakers that remember nothing, which they do with their process. */
  freshBreakers: () => Promise<void>;
  /** Kills the worker and starts it again. */
  killWorker: () => Promise<void>;
}

let running: Promise<VendorStack> | undefined;
let folder = '';

/** One stack for all films by vendors of this file of tests, with every vendor configured. */
export function vendorStack(): Promise<VendorStack> {
  running ??= start();
  return running;
}

/** Between tests: no faults, no bills, no requests. */
export async function resetVendors(): Promise<void> {
  for (const vendor of (await running)?.all ?? []) vendor.reset();
}

export async function stopVendorStack(): Promise<void> {
  const started = await running;
  await started?.stack.stop();
  await Promise.all(started?.all.map((vendor) => vendor.close()) ?? []);
  if (folder) await rm(folder, { recursive: true, force: true });
}

async function start(): Promise<VendorStack> {
  const canary = `canary${Math.random().toString(36).slice(2, 12)}`;
  const all = await Promise.all(NAMES.map((name) => startVendor(name, keyOf(name, canary))));
  const environment = Object.assign({}, ...all.map((vendor) => vendor.environment)) as Record<
    string,
    string
  >;
  const stack = await startStack({
    env: {
      ...(await withFiles(environment)),
      AURA_TTS_API_KEY: `tts-${canary}`,
      AURA_PROVIDER_TIMEOUT_MS: String(CALL_MS),
      // Clips are for those who wish for them: where all painters and stocks fail, a card is drawn.
      AURA_VISUALS_CHAIN: PICTURES_FIRST,
    },
  });
  const vendors = Object.fromEntries(all.map((vendor) => [vendor.name, vendor]));
  const [worker] = stack.workers;
  let isFresh = false;
  const restart = async (end: () => Promise<void>) => {
    await end();
    await worker!.start();
    isFresh = true;
  };
  return {
    stack,
    vendors: vendors as VendorStack['vendors'],
    all,
    canary,
    killWorker: () => restart(() => worker!.kill()),
    freshBreakers: async () => {
      if (!isFresh) await restart(() => worker!.stop());
      isFresh = false;
    },
  };
}

/** A key of the vendor's own format where it has one, with the canary in it. */
function keyOf(name: VendorName, canary: string): { key: string } | undefined {
  const before = KEY_BEGINNINGS[name];
  return before === undefined ? undefined : { key: `${before}${canary}${'0'.repeat(24)}` };
}

const KEY_BEGINNINGS: Partial<Record<VendorName, string>> = {
  openai: 'sk-proj-',
  anthropic: 'sk-ant-api03-',
  elevenlabs: 'sk_',
  deepgram: '',
  pexels: '',
  pixabay: '10000001-',
};

/** One key comes out of a file that lies elsewhere, the others out of the environment itself. */
async function withFiles(environment: Record<string, string>): Promise<Record<string, string>> {
  folder = await mkdtemp(path.join(os.tmpdir(), 'aura-keys-'));
  const file = path.join(folder, 'pixabay');
  const { PIXABAY_API_KEY = '', ...others } = environment;
  await writeFile(file, PIXABAY_API_KEY);
  return { ...others, PIXABAY_API_KEY_FILE: file };
}
