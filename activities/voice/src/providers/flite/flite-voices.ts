import type { ProviderVoice, VoiceWish } from '../../voice-provider.js';

/** flite's natural voices. kal and kal16 are older diphone voices and are not offered. */
const VOICES: readonly ProviderVoice[] = [
  { name: 'slt', gender: 'f', language: 'en-US' },
  { name: 'rms', gender: 'm', language: 'en-US' },
  { name: 'awb', gender: 'm', language: 'en-GB' },
];

/** slt and rms speak American English, awb Scottish English; other accents get the American of their sex. */
export function fliteVoiceFor({ language, gender, name }: VoiceWish): ProviderVoice | undefined {
  const { language: base, region } = new Intl.Locale(language);
  if (base !== 'en') return undefined;
  const named = VOICES.find((voice) => voice.name === name.toLowerCase());
  if (named) return { ...named, isNamed: true };
  const fitting = VOICES.filter((voice) => voice.gender === gender);
  return fitting.find((voice) => voice.language === `en-${region ?? 'US'}`) ?? fitting[0];
}
