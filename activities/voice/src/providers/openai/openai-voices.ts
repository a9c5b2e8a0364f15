import type { ProviderVoice, VoiceWish } from '../../voice-provider.js';

/** The built-in voices, by the vendor's guide; nova and onyx are the narrators. All but the last four speak with every model. */
const VOICES: readonly [name: string, gender: 'f' | 'm', style: string][] = [
  ['nova', 'f', 'warm, lively'],
  ['onyx', 'm', 'deep, calm'],
  ['shimmer', 'f', 'bright'],
  ['sage', 'f', 'gentle'],
  ['coral', 'f', 'friendly'],
  ['alloy', 'f', 'neutral'],
  ['echo', 'm', 'even'],
  ['fable', 'm', 'expressive'],
  ['ash', 'm', 'clear'],
  ['marin', 'f', 'natural'],
  ['cedar', 'm', 'natural'],
  ['ballad', 'm', 'soft'],
  ['verse', 'm', 'versatile'],
];

/** What the vendor's guide to speech lists; the voices are made for English. */
export const OPENAI_LANGUAGES: readonly string[] = (
  'en af ar hy az be bs bg ca zh cmn hr cs da nl et fi fr gl de el he hi hu is id it ja kn kk ko lv lt mk ms mr mi ' +
  'ne no nb nn fa pl pt ro ru sr sk sl es sw sv tl fil ta th tr uk ur vi cy'
).split(' ');

/** A voice by its own name, by the setting, or the narrator of the sex. */
export function openAiVoiceFor(
  { language, gender, name }: VoiceWish,
  preferred: string | undefined,
): ProviderVoice | undefined {
  if (!OPENAI_LANGUAGES.includes(new Intl.Locale(language).language)) return undefined;
  const named = find(name);
  if (named) return { ...voiceOf(named, language), isNamed: true };
  const set = preferred === undefined ? undefined : find(preferred);
  if (set) return voiceOf(set, language);
  if (preferred !== undefined) return { name: preferred, gender, language };
  const narrator = VOICES.find((voice) => voice[1] === gender);
  return narrator && voiceOf(narrator, language);
}

function find(name: string): (typeof VOICES)[number] | undefined {
  return VOICES.find(([known]) => known === name.toLowerCase());
}

function voiceOf([name, gender, style]: (typeof VOICES)[number], language: string): ProviderVoice {
  const isEnglish = new Intl.Locale(language).language === 'en';
  return { name, gender, style, language: isEnglish ? 'en-US' : language };
}
