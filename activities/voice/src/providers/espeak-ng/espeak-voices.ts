import type { ProviderVoice, VoiceWish } from '../../voice-provider.js';
import { spokenLanguage, VOICE_FILES } from './espeak-languages.js';

/** The variant of every voice that sounds like a woman; without a variant the voices sound like men. */
const FEMALE_VARIANT = '+f3';

/**
 * espeak-ng's voice for a language: the language's own file, with a variant for women. Its own names
 * ("de+f2", "en-gb+m3") choose the variant, and the voice too where it is of the text's language.
 */
export function espeakVoiceFor({ language, gender, name }: VoiceWish): ProviderVoice | undefined {
  const key = spokenLanguage(language);
  const file = key && VOICE_FILES[key];
  if (!file) return undefined;
  const own = /^[a-z\d-]+\+(?<variant>(?<sex>[fm])[1-8])$/iu.exec(name)?.groups;
  const isKnown = own?.variant !== undefined && /^(?:f[1-5]|m[1-8])$/iu.test(own.variant);
  const variant = isKnown ? `+${own.variant?.toLowerCase()}` : gender === 'f' ? FEMALE_VARIANT : '';
  return {
    name: `${file}${variant}`,
    gender: isKnown ? (own.sex?.toLowerCase() === 'm' ? 'm' : 'f') : gender,
    language: key,
    ...(key === 'ar' ? { caveat: UNPOINTED } : {}),
  };
}

const UNPOINTED =
  'Arabic is written without its short vowels, and espeak-ng does not add them; a text with vowel signs is spoken better.';
