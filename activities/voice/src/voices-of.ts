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
 * a language only those of it; `names` leaves out providers that cannot be used now. Pure: providers
 * that know their voices only after a look (`learn`) have been asked before. Errors: InvalidInput:language.
 */
export function voicesOf(
  providers: readonly VoiceProvider[],
  { language, names }: { language?: string; names?: ReadonlySet<string> } = {},
): LogicalVoice[] {
  const asked = providers.filter(({ name }) => names?.has(name) ?? true);
  const tags = language === undefined ? tagsOf(asked) : tagsIn(canonicalLanguage(language));
  return tags.flatMap((tag) => asked.flatMap((provider) => narratorsOf(provider, tag)));
}

function tagsOf(providers: readonly VoiceProvider[]): string[] {
  const languages = new Set(providers.flatMap((provider) => provider.languages));
  return [...languages].toSorted().flatMap(tagsIn);
}

/** A language with its accents; an accent alone. */
function tagsIn(tag: string): string[] {
  return [tag, ...ACCENTS.filter((accent) => accent.startsWith(`${tag}-`))];
}

function narratorsOf(provider: VoiceProvider, tag: string): LogicalVoice[] {
  const seen = new Set<string>();
  return (['f', 'm'] as const).flatMap((gender) => {
    const voice = provider.voiceFor({ language: tag, gender, name: '' });
    const isWanted =
      voice !== undefined &&
      (!ACCENTS.includes(tag) || voice.language === tag) &&
      voice.gender === gender &&
      !seen.has(voice.name);
    if (!voice || !isWanted) return [];
    seen.add(voice.name);
    const { name, style = '', caveat = '' } = voice;
    const id = `${tag}-narrator-${gender}`;
    return [{ id, language: tag, gender, style, provider: provider.name, voice: name, caveat }];
  });
}
