import type { ListedVoice } from '../remote/listed-voices.js';

/** Kokoro's voices are named by language, sex and name ("af_heart"): the first letter is the language. */
const LANGUAGES: Readonly<Record<string, string>> = {
  a: 'en-US',
  b: 'en-GB',
  e: 'es',
  f: 'fr',
  h: 'hi',
  i: 'it',
  j: 'ja',
  p: 'pt-BR',
  z: 'zh',
};

/** The best of each kind, by the grades on the model's card; then the order of the server's list. */
const BEST = [
  'af_heart',
  'af_bella',
  'am_fenrir',
  'am_michael',
  'bf_emma',
  'bm_george',
  'ff_siwis',
  'if_sara',
];

/** The voices of a list that are Kokoro's, the better ones first. Mixed and unknown ones are left out. */
export function kokoroVoices(names: readonly string[]): ListedVoice[] {
  return names
    .flatMap((name) => {
      const groups = /^(?<language>[abefhijpz])(?<gender>[fm])_\w+$/u.exec(name)?.groups;
      const language = LANGUAGES[groups?.['language'] ?? ''];
      if (!groups || !language) return [];
      return [
        { name, language, gender: groups['gender'] === 'm' ? ('m' as const) : ('f' as const) },
      ];
    })
    .toSorted((a, b) => rank(a.name) - rank(b.name));
}

function rank(name: string): number {
  return BEST.indexOf(name) + 1 || BEST.length + 1;
}
