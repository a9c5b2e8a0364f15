import { Failure } from '@aura/failure';
import type { ProviderReport } from '@aura/proto';
import { canonicalLanguage } from './language.js';
import { checkedPiece } from './speak-pieces.js';
import { voiceProvidersOf, type VoiceSettings } from './providers/index.js';
import type { VoiceProvider } from './voice-provider.js';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/**
 * What the worker says of its voices: each is asked for its version and really speaks a word. Never throws;
 * a voice that cannot speak is reported with the reason.
 */
export async function voiceProviders(
  settings: VoiceSettings,
  signal?: AbortSignal,
): Promise<ProviderReport[]> {
  return Promise.all(voiceProvidersOf(settings).map((provider) => report(provider, signal)));
}

async function report(provider: VoiceProvider, signal?: AbortSignal): Promise<ProviderReport> {
  const reason = await whyNot(provider, signal);
  return {
    name: provider.name,
    stage: 'voice',
    usable: reason === '',
    reason,
    languages: [...provider.languages],
  };
}

async function whyNot(provider: VoiceProvider, signal?: AbortSignal): Promise<string> {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'aura-voice-'));
  try {
    await provider.version(signal);
    const language = canonicalLanguage('en');
    const voice = provider.voiceFor({ language, gender: 'f', name: '' });
    if (!voice) return '';
    await checkedPiece({ provider, voice, language }, ['Ready'], { scratch, signal });
    return '';
  } catch (error) {
    if (error instanceof Failure) return [error.message, error.details].filter(Boolean).join(' ');
    return error instanceof Error ? error.message : String(error);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
