import type { ProviderReport } from '@aura/proto';
import type { Capabilities, PriceList, ProviderEntry, Usability, Vendors } from '@aura/provider';
import type { ScriptProvider } from '../script-provider.js';

/** What the providers of scripts are made with, as plain values. Without a key nothing remote is asked. */
export interface ScriptProviderSettings {
  /** The dictionary's program or folder, which may be missing. */
  wordnetPath: string;
  openai?: { key?: string | undefined; baseUrl?: string | undefined; model: string };
  anthropic?: { key?: string | undefined; baseUrl?: string | undefined; model: string };
  ollama?: { host?: string | undefined; model: string };
  openaiCompatible?: {
    key?: string | undefined;
    baseUrl?: string | undefined;
    model?: string | undefined;
  };
}

export interface ScriptProviderDeps {
  vendors: Vendors;
  prices: PriceList;
}

/** A line of the registry of scripts; what stands here besides the common fields shapes its report. */
export interface ScriptEntry extends ProviderEntry<
  ScriptProvider,
  ScriptProviderSettings,
  ScriptProviderDeps
> {
  /** The model that is asked, as configured. */
  model?: (settings: ScriptProviderSettings) => string | undefined;
  /** Whether one of the models that the probe lists is the one that is asked. Equality unless given. */
  isModel?: (listed: string, model: string) => boolean;
  /** False where only defaults name its address. */
  isConfigured?: (settings: ScriptProviderSettings) => boolean;
  /** Of providers that are no server: whether they can be used. */
  check?: (settings: ScriptProviderSettings) => Promise<Usability>;
  /** The reason why it cannot be used, in words that say what to do. */
  reworded?: (report: ProviderReport, settings: ScriptProviderSettings) => string;
}

/** What all language models here have in common. */
export const STRUCTURED: Capabilities = { structuredOutput: true };

/** Bytes that are read of one reply; a script is some 100 KiB. */
export const REPLY_BYTES = 4 * 1024 * 1024;
