import type { Settings } from '@aura/config';
import type { VendorTimeouts } from '@aura/provider';
import type { ScriptProviderSettings } from '@aura/script';

/** The time limits of calls to vendors: one for all, and one per vendor where it differs. */
export function timeoutsIn(settings: Settings): VendorTimeouts {
  const entries = settings.AURA_PROVIDER_TIMEOUTS.split(',').map((entry) => entry.split('='));
  return {
    defaultMs: settings.AURA_PROVIDER_TIMEOUT_MS,
    perVendor: Object.fromEntries(entries.map(([name = '', ms]) => [name, Number(ms)])),
  };
}

/** What the providers of scripts are made with. */
export function scriptSettings(settings: Settings): ScriptProviderSettings {
  return {
    wordnetPath: settings.WORDNET_PATH,
    openai: {
      key: settings.OPENAI_API_KEY,
      baseUrl: settings.OPENAI_BASE_URL,
      model: settings.OPENAI_SCRIPT_MODEL,
    },
    anthropic: {
      key: settings.ANTHROPIC_API_KEY,
      baseUrl: settings.ANTHROPIC_BASE_URL,
      model: settings.ANTHROPIC_MODEL,
    },
    ollama: { host: settings.OLLAMA_HOST, model: settings.OLLAMA_MODEL },
    openaiCompatible: {
      key: settings.OPENAI_COMPATIBLE_API_KEY,
      baseUrl: settings.OPENAI_COMPATIBLE_BASE_URL,
      model: settings.OPENAI_COMPATIBLE_MODEL,
    },
  };
}
