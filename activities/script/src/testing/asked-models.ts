import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CallJournal, createVendors, PriceList, type Price, type Vendors } from '@aura/provider';
import type { Script, ScriptPrompts, ScriptTuning, WriteScriptRequest } from '@aura/proto';
import { LocalLedger, LocalStore } from '@aura/storage';
import { createScriptActivities } from '../create-script-activities.js';
import type { ScriptProviderSettings } from '../providers/script-entry.js';

/** A script stage of its own, whose vendors are servers on this machine. */
export interface Stage {
  root: string;
  vendors: Vendors;
  journal: CallJournal;
  write(change?: OrderChange): Promise<Script>;
  close(): Promise<void>;
}

export interface OrderChange {
  provider?: string;
  videoId?: string;
  capUsd?: number;
  text?: string;
  language?: string;
  style?: string;
  audience?: string;
  seconds?: number;
  maxScenes?: number;
  prompts?: ScriptPrompts;
  tuning?: ScriptTuning;
}

const PRICES: Price[] = [
  { vendor: 'openai', model: 'gpt-4o-mini', inputPerMillion: 0.15, outputPerMillion: 0.6 },
  { vendor: 'anthropic', model: 'claude-haiku-5-5', inputPerMillion: 1, outputPerMillion: 5 },
].map((price) => ({ ...price, source: 'these tests', asOf: '2026-11-21' }));

export async function openStage(
  settings: Partial<ScriptProviderSettings>,
  { provider = 'openai', totalMs = 20_000 } = {},
): Promise<Stage> {
  const root = await mkdtemp(path.join(tmpdir(), 'aura-models-'));
  const journal = new CallJournal(new LocalLedger(root));
  const vendors = createVendors({ journal, timeouts: { defaultMs: totalMs, perVendor: {} } });
  const activities = createScriptActivities({
    store: new LocalStore(root),
    vendors,
    prices: new PriceList(PRICES),
    wordnetPath: '/nowhere/wn',
    ...settings,
  });
  return {
    root,
    vendors,
    journal,
    write: (change = {}) => activities.writeScript(orderOf({ provider, ...change })),
    close: async () => {
      await vendors.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function orderOf(change: OrderChange): WriteScriptRequest {
  const {
    provider = '',
    videoId = 'v1',
    text = 'How bees make honey',
    language = 'en-US',
  } = change;
  const { style = 'documentary', audience = '', seconds = 60, maxScenes = 120 } = change;
  return {
    job: { videoId, run: 1, tenantId: 'local', correlationId: 'c1', capUsd: change.capUsd },
    provider,
    brief: { text, style, audience, language },
    plan: { targetDurationMs: seconds * 1_000, maxScenes },
    pace: { msPerCharacter: 65, msPerSentence: 250, provider: 'flite', unitKey: 'p1' },
    ...(change.prompts ? { prompts: change.prompts } : {}),
    ...(change.tuning ? { tuning: change.tuning } : {}),
  };
}
