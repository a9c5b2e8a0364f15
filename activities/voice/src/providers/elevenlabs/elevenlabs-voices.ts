import type { ProviderVoice, VoiceWish } from '../../voice-provider.js';

interface DefaultVoice {
  id: string;
  name: string;
  gender: 'f' | 'm';
  language: string;
  style: string;
}

/** Voices that every account has, as the vendor's page of default voices lists them. The first is preferred. */
const DEFAULT_VOICES: readonly DefaultVoice[] = table(`
  EXAVITQu4vr4xnSDxMaL Sarah   f en-US mature, reassuring
  nPczCjzI2devNBz1zQrb Brian   m en-US deep, comforting
  XrExE9yKIg1WjnnlVkGX Matilda f en-US knowledgeable
  cjVigY5qzO86Huf0OWal Eric    m en-US smooth, trustworthy
  cgSgspJ2msm6clMCkdW9 Jessica f en-US playful, bright
  iP95p4xoKVk53GoZ742B Chris   m en-US charming, casual
  FGY2WhTYpPnrIDTdsKH5 Laura   f en-US enthusiastic
  bIHbv24MWmeRgasZH58o Will    m en-US relaxed
  CwhRBWXzGAHq8TQ4Fs17 Roger   m en-US laid-back
  TX3LPaxmHKxFdv7VOQHJ Liam    m en-US energetic
  pqHfZKP75CvOlQylNhV4 Bill    m en-US wise, mature
  pNInz6obpgDQGcFmaJgB Adam    m en-US firm
  N2lVS1w4EtoT3dr4eOWO Callum  m en-US husky
  Xb7hH8MSUJpSbSDYk0k2 Alice   f en-GB clear, educating
  JBFqnCBsd6RMkjVDRZzb George  m en-GB warm storyteller
  pFZP5JQG7iQjIQuC4Bku Lily    f en-GB velvety
  onwK4e9ZLuTAKqWW03F9 Daniel  m en-GB steady broadcaster
  IKne3meq5aSn9XLyUdCD Charlie m en-AU deep, confident
`);

/** What Multilingual v2, Flash v2.5 and Turbo v2.5 speak; v3 speaks more. By the vendor's page of models. */
const MULTILINGUAL =
  'en ja zh cmn de hi fr ko pt it es id nl tr fil pl sv bg ro ar cs el fi hr ms sk da ta uk ru';
const LANGUAGES: readonly [model: RegExp, languages: readonly string[]][] = [
  [/^eleven_(?:flash|turbo)_v2$|^eleven_monolingual/u, ['en']],
  [/^eleven_(?:flash|turbo)_v2_5$/u, `${MULTILINGUAL} hu no nb vi`.split(' ')],
  [
    /^eleven_v3/u,
    (
      `${MULTILINGUAL} hu no nb vi af hy as az be bn bs ca ceb et gl ka gu ha he is ga jv kn kk ky lv ln lt lb mk ml ` +
      'mr ne ps fa pa sr sd sl so sw te th ur cy'
    ).split(' '),
  ],
  [/(?:)/u, MULTILINGUAL.split(' ')],
];

export function languagesOf(model: string): readonly string[] {
  return LANGUAGES.find(([pattern]) => pattern.test(model))?.[1] ?? ['en'];
}

/** Own and library voices are named by their id of twenty letters and digits. */
const VOICE_ID = /^[A-Za-z\d]{20}$/u;

/**
 * A default voice, or any voice of the account by its id. A voice speaks every language of the model; in
 * English its accent counts.
 */
export function elevenLabsVoiceFor(
  { language, gender, name }: VoiceWish,
  model: string,
): ProviderVoice | undefined {
  const { language: base, region } = new Intl.Locale(language);
  if (!languagesOf(model).includes(base)) return undefined;
  const known = DEFAULT_VOICES.find(
    (voice) => voice.id === name || voice.name.toLowerCase() === name.toLowerCase(),
  );
  if (known) return { ...asSpoken(known, language), isNamed: true };
  if (VOICE_ID.test(name)) return { name, id: name, gender, language, isNamed: true };
  const fitting = DEFAULT_VOICES.filter((voice) => voice.gender === gender);
  const local =
    base === 'en' ? fitting.find((voice) => voice.language === `en-${region}`) : undefined;
  const voice = local ?? fitting[0];
  return voice && asSpoken(voice, language);
}

/** Outside of English the voice has no region of its own. */
function asSpoken(voice: DefaultVoice, language: string): ProviderVoice {
  const isEnglish = new Intl.Locale(language).language === 'en';
  return { ...voice, language: isEnglish ? voice.language : language };
}

function table(rows: string): DefaultVoice[] {
  return rows
    .trim()
    .split('\n')
    .map((row) => {
      const [id = '', name = '', gender, language = '', ...style] = row.trim().split(/\s+/u);
      return { id, name, gender: gender === 'm' ? 'm' : 'f', language, style: style.join(' ') };
    });
}
