import { Failure } from '@aura/failure';
import { isTimeout, provenPrograms } from '@aura/media';
import type { ProviderReport } from '@aura/proto';
import { canonicalLanguage } from './language.js';
import { checkedPiece } from './speak-pieces.js';
import { voiceProvidersOf, type VoiceSettings } from './providers/index.js';
import type { VoiceProvider } from './voice-provider.js';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** The programs that have spoken in this process. */
const proven = provenPrograms<void>();

/**
 * What the worker says of its voices: each is asked for its version and really speaks a word; once it has
 * spoken, it is only asked for its version. Never throws; a voice that cannot speak is reported with the
 * reason. One that is merely late stays usable, as a busy machine is no reason to do without it.
 */
export async function voiceProviders(
  settings: VoiceSettings,
  signal?: AbortSignal,
): Promise<ProviderReport[]> {
  return Promise.all(voiceProvidersOf(settings).map((provider) => report(provider, signal)));
}

async function report(provider: VoiceProvider, signal?: AbortSignal): Promise<ProviderReport> {
  const { name, languages } = provider;
  return { name, stage: 'voice', languages: [...languages], ...(await tried(provider, signal)) };
}

async function tried(
  provider: VoiceProvider,
  signal?: AbortSignal,
): Promise<Pick<ProviderReport, 'usable' | 'reason'>> {
  const prove = () => speakAWord(provider, signal);
  const recheck = () => provider.version(signal);
  try {
    await (provider.program === undefined ? prove() : proven(provider.program, { prove, recheck }));
    return { usable: true, reason: '' };
  } catch (error) {
    return { usable: isTimeout(error), reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Failure) return [error.message, error.details].filter(Boolean).join(' ');
  return error instanceof Error ? error.message : String(error);
}

async function speakAWord(provider: VoiceProvider, signal?: AbortSignal): Promise<void> {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'aura-voice-'));
  try {
    await provider.version(signal);
    const language = canonicalLanguage('en');
    const voice = provider.voiceFor({ language, gender: 'f', name: '' });
    if (!voice) return;
    await checkedPiece({ provider, voice, language }, ['Ready'], { scratch, signal });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
