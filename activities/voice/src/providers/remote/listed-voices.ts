import type { ProviderVoice, VoiceWish } from '../../voice-provider.js';

/** A voice that a server lists, as far as its name tells. */
export interface ListedVoice {
  name: string;
  gender: 'f' | 'm';
  language: string;
}

/** The voice of a list for a wish: by its name, else of the language, the accent and the sex before the sex alone. */
export function listedVoiceFor(
  voices: readonly ListedVoice[],
  { language, gender, name }: VoiceWish,
): ProviderVoice | undefined {
  const { language: base, region } = new Intl.Locale(language);
  const speaking = voices.filter((voice) => isSame(new Intl.Locale(voice.language).language, base));
  const named = speaking.find((voice) => voice.name.toLowerCase() === name.toLowerCase());
  if (named) return { ...named, isNamed: true };
  const hasAccent = (voice: ListedVoice) =>
    voice.language === `${base}-${region ?? (base === 'en' ? 'US' : '')}`;
  return (
    speaking.find((voice) => voice.gender === gender && hasAccent(voice)) ??
    speaking.find((voice) => voice.gender === gender) ??
    speaking.find(hasAccent) ??
    speaking[0]
  );
}

/** Chinese without a word on which is Mandarin, Norwegian without one is Bokmål. */
function isSame(spoken: string, wanted: string): boolean {
  return (ALSO[spoken] ?? spoken) === (ALSO[wanted] ?? wanted);
}

const ALSO: Readonly<Record<string, string>> = { cmn: 'zh', no: 'nb', nn: 'nb' };
