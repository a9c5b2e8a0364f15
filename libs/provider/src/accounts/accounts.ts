import type { Account } from '../account.js';
import type { AccountSettings } from './account-settings.js';
import { anthropicAccount } from './anthropic.js';
import { automatic1111Account, isCheckpoint } from './automatic1111.js';
import { comfyUiAccount } from './comfyui.js';
import { deepgramAccount } from './deepgram.js';
import { elevenLabsAccount } from './elevenlabs.js';
import { ollamaAccount, ollamaModelThere } from './ollama.js';
import { openAiAccount } from './openai.js';
import { compatibleAccount, isCompatibleModel } from './openai-compatible.js';
import { pexelsAccount } from './pexels.js';
import { piperAccount } from './piper.js';
import { pixabayAccount } from './pixabay.js';

/** What has to be known of a provider to try a configuration of it. */
export interface AccountKind {
  /** As in the registries. */
  name: string;
  /** For people. */
  title: string;
  /**
   * 'remote': the vendor's, never on own machines, and nothing without a key. 'server': somebody's own, wherever its address
   * says; works without a key. 'program': on the workers' machines, no address and no key.
   */
  is: 'remote' | 'server' | 'program';
  /** Of servers: the settings that name its address, the first one that is set, and what starts it. */
  server?: { settings: readonly string[]; start: string };
  /** Absent for programs. Errors: MissingApiKey, INVALID_CONFIG. */
  account?: (settings: AccountSettings) => Account;
  /** Whether one of the names that the probe lists is the model. Equality unless given. */
  isModel?: (listed: string, model: string) => boolean;
  /** Other spellings that are understood, besides capitals, spaces and dashes, and other providers of the same account. */
  aliases?: readonly string[];
}

/**
 * Every provider once, whichever stages it serves. A new one that is local and needs no key is one line with
 * 'server' or 'program'.
 */
export const ACCOUNTS: readonly AccountKind[] = [
  { name: 'openai', title: 'OpenAI', is: 'remote', account: openAiAccount },
  { name: 'anthropic', title: 'Anthropic', is: 'remote', account: anthropicAccount },
  { name: 'elevenlabs', title: 'ElevenLabs', is: 'remote', account: elevenLabsAccount },
  { name: 'deepgram', title: 'Deepgram', is: 'remote', account: deepgramAccount },
  {
    name: 'pexels',
    title: 'Pexels',
    is: 'remote',
    account: pexelsAccount,
    aliases: ['pexels-clips'],
  },
  {
    name: 'pixabay',
    title: 'Pixabay',
    is: 'remote',
    account: pixabayAccount,
    aliases: ['pixabay-clips'],
  },
  {
    name: 'openai-compatible',
    title: 'The server with the API of OpenAI',
    is: 'server',
    server: { settings: ['OPENAI_COMPATIBLE_BASE_URL', 'AURA_TTS_URL'], start: 'Start it' },
    account: (settings) =>
      compatibleAccount({ ...settings, addressSetting: 'baseUrl', keySetting: 'apiKey' }),
    isModel: isCompatibleModel,
  },
  {
    name: 'ollama',
    title: 'Ollama',
    is: 'server',
    server: { settings: ['OLLAMA_HOST'], start: 'Start it with: ollama serve' },
    account: ollamaAccount,
    isModel: (listed, model) => ollamaModelThere(model, [listed]) !== undefined,
  },
  {
    name: 'piper',
    title: 'Piper',
    is: 'server',
    server: {
      settings: ['PIPER_URL'],
      start: 'Start it with: python3 -m piper.http_server -m <voice>',
    },
    account: piperAccount,
  },
  {
    name: 'comfyui',
    title: 'ComfyUI',
    is: 'server',
    server: { settings: ['COMFYUI_URL'], start: 'Start it with: python main.py' },
    account: comfyUiAccount,
    aliases: ['comfyui-clips'],
  },
  {
    name: 'automatic1111',
    title: 'AUTOMATIC1111',
    is: 'server',
    server: { settings: ['AUTOMATIC1111_URL'], start: 'Start it with: ./webui.sh --api' },
    account: automatic1111Account,
    isModel: isCheckpoint,
    aliases: ['forge', 'stablediffusion', 'sdwebui'],
  },
  { name: 'rule-based', title: 'The rule-based writer', is: 'program' },
  { name: 'own', title: 'Your own script', is: 'program' },
  { name: 'flite', title: 'flite', is: 'program', aliases: ['local'] },
  { name: 'festival', title: 'Festival', is: 'program' },
  { name: 'espeak-ng', title: 'espeak-ng', is: 'program', aliases: ['espeak', 'windows', 'sapi'] },
  { name: 'figures', title: 'Drawn figures', is: 'program' },
  { name: 'cards', title: 'Drawn cards', is: 'program' },
  { name: 'own-media', title: 'Your own media', is: 'program' },
];

/** A provider by its name or by another spelling of it: `RuleBased`, `rule-based` and `rulebased` are the same. */
export function accountNamed(name: string): AccountKind | undefined {
  const asked = plain(name);
  return ACCOUNTS.find((kind) => [kind.name, ...(kind.aliases ?? [])].map(plain).includes(asked));
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
