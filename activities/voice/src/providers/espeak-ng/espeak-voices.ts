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
  const named = variantOf(name);
  const variant = named?.variant ?? (gender === 'f' ? FEMALE_VARIANT : '');
  return {
    name: `${file}${variant}`,
    gender: named?.gender ?? gender,
    language: key,
    isNamed: named !== undefined && named.base === new Intl.Locale(language).language,
    ...(CAVEATS[key] ? { caveat: CAVEATS[key] } : {}),
  };
}

/** "de+f2" is the second woman's variant of the voice "de". */
function variantOf(name: string): { base: string; variant: string; gender: 'f' | 'm' } | undefined {
  const own = /^(?<base>[a-z]{2,3})(?:-[a-z\d-]+)?(?<variant>\+(?:f[1-5]|m[1-8]))$/u.exec(
    name.toLowerCase(),
  )?.groups;
  if (!own) return undefined;
  const { base = '', variant = '' } = own;
  return { base, variant, gender: variant.startsWith('+m') ? 'm' : 'f' };
}

const CAVEATS: Readonly<Record<string, string>> = {
  ar: 'Arabic is written without its short vowels, and espeak-ng does not add them; a text with vowel signs is spoken better.',
  he: 'Hebrew is written without most of its vowels, and they are guessed here: about every second word is said wrongly. A text with vowel points is spoken better.',
};
