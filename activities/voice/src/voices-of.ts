import { canonicalLanguage } from './language.js';
import type { VoiceProvider } from './voice-provider.js';

/** One line of the list of voices. */
export interface LogicalVoice {
  /** What a film is asked for with: `en-GB-narrator-f`. */
  id: string;
  /** BCP 47. */
  language: string;
  gender: 'f' | 'm';
  /** What it is like; empty where nothing is known. */
  style: string;
  provider: string;
  /** The provider's own name of the voice. */
  voice: string;
  /** Something that the listener should know; empty mostly. */
  caveat: string;
}

/** Accents that are listed where a provider has a voice for them, besides each language as such. */
const ACCENTS = (
  'en-US en-GB en-AU en-IN en-IE en-NZ en-ZA es-ES es-MX es-AR pt-BR pt-PT fr-FR fr-CA fr-BE fr-CH de-DE de-AT nl-NL ' +
  'nl-BE zh-CN'
).split(' ');

/**
 * The logical voices and who speaks them, by language, then in the order of the providers, women before men. With
 * a language only those of it (with its accents, unless it has a region itself); `names` leaves out
 * providers that cannot be used now. Pure: providers that know their voices only after a look (`learn`) have been
 * asked before. Errors: InvalidInput:language.
 */
export function voicesOf(
  providers: readonly VoiceProvider[],
  { language, names }: { language?: string; names?: ReadonlySet<string> } = {},
): LogicalVoice[] {
  const asked = providers.filter(({ name }) => names?.has(name) ?? true);
  const tags = language === undefined ? languagesOf(asked) : [canonicalLanguage(language)];
  return tags.flatMap((tag) => [
    ...asked.flatMap((provider) => narratorsOf(provider, tag)),
    ...ACCENTS.filter((accent) => accent.startsWith(`${tag}-`)).flatMap((accent) =>
      asked.flatMap((provider) => accentedOf(provider, accent, tag)),
    ),
  ]);
}

function languagesOf(providers: readonly VoiceProvider[]): string[] {
  return [...new Set(providers.flatMap(({ languages }) => languages))].toSorted();
}

/** Narrators who speak with the accent, and are others than the language's own. */
function accentedOf(provider: VoiceProvider, accent: string, language: string): LogicalVoice[] {
  const plain = new Set(narratorsOf(provider, language).map(({ voice }) => voice));
  return narratorsOf(provider, accent, true).filter(({ voice }) => !plain.has(voice));
}

function narratorsOf(provider: VoiceProvider, tag: string, isStrict = false): LogicalVoice[] {
  return (['f', 'm'] as const).flatMap((gender) => {
    const voice = provider.voiceFor({ language: tag, gender, name: '' });
    // Who has no man's voice gives a woman's, which is listed as hers already.
    if (!voice || voice.gender !== gender || (isStrict && voice.language !== tag)) return [];
    const { name, style = '', caveat = '' } = voice;
    const id = `${tag}-narrator-${gender}`;
    return [{ id, language: tag, gender, style, provider: provider.name, voice: name, caveat }];
  });
}
