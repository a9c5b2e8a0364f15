import { Failure } from '@aura/failure';
import type { VoiceSpec, Warning } from '@aura/proto';
import { languageName } from './language.js';
import { understandVoice } from './logical-voice.js';
import type { ProviderVoice, VoiceProvider } from './voice-provider.js';

export interface ResolvedVoice {
  provider: VoiceProvider;
  voice: ProviderVoice;
  /** Of the text, canonical BCP 47. */
  language: string;
  /** They concern the whole film, so each scene's are the same. */
  warnings: Warning[];
}

/**
 * `resolveVoice` after a provider that does not know its own voices has found them out.
 * Errors: those of resolveVoice and of `learn`; the signal's reason.
 */
export async function knownVoice(
  providers: readonly VoiceProvider[],
  name: string,
  spec: VoiceSpec,
  signal?: AbortSignal,
): Promise<ResolvedVoice> {
  await providers.find((provider) => provider.name === name)?.learn?.(signal);
  return resolveVoice(providers, name, spec);
}

/**
 * The voice of a provider that speaks for a logical voice. Pure. Errors: VoiceUnavailable where the
 * provider is not known here or does not speak the language; MissingApiKey, INVALID_CONFIG where it is not
 * set up; InvalidInput:language.
 */
export function resolveVoice(
  providers: readonly VoiceProvider[],
  name: string,
  spec: VoiceSpec,
): ResolvedVoice {
  const { wish, remarks, isForeign } = understandVoice(spec);
  const { language } = wish;
  const provider = providers.find((known) => known.name === name);
  if (!provider) {
    throw new Failure(
      `VoiceUnavailable:${language}`,
      'The voice provider that was asked for is not known to this worker.',
      { details: `known: ${providers.map((known) => known.name).join(', ')}` },
    );
  }
  if (provider.failure) throw provider.failure;
  const voice = provider.voiceFor(wish);
  if (!voice) {
    throw new Failure(`VoiceUnavailable:${language}`, whoWouldDo(providers, provider, language), {
      details: `${provider.name} speaks ${provider.languages.join(', ')}`,
    });
  }
  const warnings: Warning[] = [];
  if (isForeign && !voice.isNamed) {
    remarks.push(`${provider.name} has no voice “${wish.name}”.`);
  } else if (!isForeign && wish.name !== '' && !hasAccent(voice, language)) {
    remarks.push(`${provider.name} has no such voice with the accent of ${language}.`);
  }
  if (remarks.length > 0) {
    remarks.push(`${provider.name} speaks with ${voice.name} instead.`);
    warnings.push(warning('VoiceMapped', remarks.join(' ')));
  }
  if (voice.caveat) warnings.push(warning('VoiceLimited', voice.caveat));
  return { provider, voice, language, warnings };
}

function warning(code: string, message: string): Warning {
  return { code, message, stage: 'voice', sceneId: '' };
}

function hasAccent(voice: ProviderVoice, language: string): boolean {
  const wanted = new Intl.Locale(language).region;
  const spoken = new Intl.Locale(voice.language).region;
  return wanted === undefined || spoken === undefined || wanted === spoken;
}

function whoWouldDo(
  providers: readonly VoiceProvider[],
  asked: VoiceProvider,
  language: string,
): string {
  const others = providers.filter(
    (other) => other !== asked && other.voiceFor({ language, gender: 'f', name: '' }),
  );
  const name = languageName(language);
  if (others.length > 0) {
    return `${asked.name} does not speak ${name}; ${others.map((other) => other.name).join(' or ')} does.`;
  }
  return `No local voice speaks ${name}; a cloud voice such as ElevenLabs, OpenAI or Azure does.`;
}
