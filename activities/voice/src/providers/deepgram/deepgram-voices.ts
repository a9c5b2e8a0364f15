import type { ListedVoice } from '../remote/listed-voices.js';

export interface DeepgramVoice extends ListedVoice {
  /** What it is called in requests. */
  id: string;
  style: string;
}

/** Some of the vendor's page "Voices and Languages", the narrators of each language and accent first. */
export const DEEPGRAM_VOICES: readonly DeepgramVoice[] = table(`
  thalia    f en-US clear, confident
  apollo    m en-US confident, casual
  andromeda f en-US casual, expressive
  arcas     m en-US natural, smooth
  pandora   f en-GB smooth, calm
  draco     m en-GB warm, trustworthy
  theia     f en-AU expressive, polite
  hyperion  m en-AU caring, warm
  celeste   f es-CO clear, energetic
  nestor    m es-ES calm, professional
  silvia    f es-ES clear, warm
  olivia    f es-MX calm, warm
  luciano   m es-MX charismatic
  viktoria  f de    charismatic, cheerful
  julius    m de    casual, engaging
  lara      f de    caring, warm
  fabian    m de    confident, natural
  agathe    f fr    charismatic, cheerful
  hector    m fr    confident, empathetic
  livia     f it    approachable, cheerful
  dionisio  m it    confident, engaging
  rhea      f nl    caring, warm
  sander    m nl    calm, clear
  izanami   f ja    approachable, clear
  fujin     m ja    calm, confident
`);

export const DEEPGRAM_LANGUAGES: readonly string[] = [
  ...new Set(DEEPGRAM_VOICES.map(({ language }) => new Intl.Locale(language).language)),
];

function table(rows: string): DeepgramVoice[] {
  return rows
    .trim()
    .split('\n')
    .map((row) => {
      const [name = '', gender, language = '', ...style] = row.trim().split(/\s+/u);
      const id = `aura-2-${name}-${new Intl.Locale(language).language}`;
      return { id, name, gender: gender === 'm' ? 'm' : 'f', language, style: style.join(' ') };
    });
}
