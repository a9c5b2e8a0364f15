import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Failure } from '@aura/failure';
import { isTimeout, provenPrograms } from '@aura/media';
import type { ProviderReport } from '@aura/proto';
import {
  createVendors,
  reportOfProvider,
  SPEECH_TOKENS_PER_SECOND,
  type Usability,
} from '@aura/provider';
import { canonicalLanguage } from './language.js';
import { voiceProvidersOf, type VoiceServices } from './providers/index.js';
import { VOICE_PROVIDERS } from './providers/registry.js';
import type { VoiceEntry } from './providers/voice-entry.js';
import { speakTake } from './speak-take.js';
import { spokenVoices } from './spoken-voices.js';
import type { VoiceProvider } from './voice-provider.js';

/** The programs that have spoken in this process. */
const proven = provenPrograms<void>();

/**
 * What the worker says of its voices. A program of this machine is asked for its version and really speaks a word;
 * once it has spoken, it is only asked for its version now and then. A service is probed, and costs nothing. Throws
 * only on abort; a voice that cannot speak is reported with the reason. One that is merely late stays usable, as a
 * busy machine is no reason to do without it.
 */
export async function voiceProviders(
  services: VoiceServices,
  signal?: AbortSignal,
): Promise<ProviderReport[]> {
  const withVendors = { ...services, vendors: services.vendors ?? createVendors() };
  const providers = voiceProvidersOf(withVendors);
  const reports = VOICE_PROVIDERS.map(async (entry) => {
    const provider = providers.find(({ name }) => name === entry.name);
    return provider ? [await report(entry, provider, { services: withVendors, signal })] : [];
  });
  return (await Promise.all(reports)).flat();
}

interface ReportContext {
  services: VoiceServices;
  signal: AbortSignal | undefined;
}

async function report(
  entry: VoiceEntry,
  provider: VoiceProvider,
  { services, signal }: ReportContext,
): Promise<ProviderReport> {
  // Why a service does not tell its voices stands in its report.
  await provider.learn?.(signal).catch(() => signal?.throwIfAborted());
  const { model, languages, failure, withoutVoices } = provider;
  const said = await reportOfProvider(entry, services, {
    vendors: services.vendors,
    endpoints: ['speech'],
    ...(model === undefined ? {} : { model }),
    isModel: (listed, wanted) => listed.startsWith(`${wanted}-`),
    // One that is not set up knows no languages; its entry does.
    ...(failure ? {} : { languages }),
    check: () => checked(provider, services, signal),
    signal,
  });
  // It answered, and not with a list of voices.
  const isMute = said.code === 'RESOURCE_NOT_FOUND' && withoutVoices !== undefined;
  const told = withVoices(bySeconds(isMute ? { ...said, reason: withoutVoices } : said), provider);
  if (!provider.isOptional || told.usable || !told.facts) return told;
  return { ...told, facts: { ...told.facts, configured: false } };
}

function withVoices(report: ProviderReport, provider: VoiceProvider): ProviderReport {
  const { facts } = report;
  return facts ? { ...report, facts: { ...facts, voices: spokenVoices(provider) } } : report;
}

/** Speech that is paid by tokens of sound costs by its length too, which is what films are estimated by. */
function bySeconds(report: ProviderReport): ProviderReport {
  const { facts } = report;
  if (!facts?.price || facts.price.charactersPerMillion > 0 || facts.price.perSecond > 0) {
    return report;
  }
  const perSecond = (facts.price.outputPerMillion * SPEECH_TOKENS_PER_SECOND) / 1_000_000;
  return { ...report, facts: { ...facts, price: { ...facts.price, perSecond } } };
}

async function checked(
  provider: VoiceProvider,
  services: VoiceServices,
  signal: AbortSignal | undefined,
): Promise<Usability> {
  if (provider.languages.length === 0) {
    const { name, withoutVoices = `${name} has no voice whose language is known.` } = provider;
    return { usable: false, reason: withoutVoices };
  }
  const { program } = provider;
  if (program === undefined) return { usable: true, reason: '' };
  try {
    await proven(program, {
      prove: () => speakAWord(provider, services, signal),
      recheck: () => provider.version(signal),
    });
    return { usable: true, reason: '' };
  } catch (error) {
    return { usable: isTimeout(error), reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Failure) return [error.message, error.details].filter(Boolean).join(' ');
  return error instanceof Error ? error.message : String(error);
}

async function speakAWord(
  provider: VoiceProvider,
  { ffmpegPath }: VoiceServices,
  signal?: AbortSignal,
): Promise<void> {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'aura-voice-'));
  try {
    await provider.version(signal);
    const language = canonicalLanguage('en');
    const voice = provider.voiceFor({ language, gender: 'f', name: '' });
    if (!voice) return;
    const options = { scratch, ffmpegPath, ...(signal ? { signal } : {}) };
    await speakTake({ provider, voice, language }, { words: ['Ready'] }, options);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
