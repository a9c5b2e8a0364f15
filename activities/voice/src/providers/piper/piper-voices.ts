import type { ListedVoice } from '../remote/listed-voices.js';

/** Women among Piper's published voices, by their cards; the others are men or speak in several voices. */
const WOMEN = new Set(
  (
    'alba amy cori jenny_dioco kathleen kristin lessac ljspeech hfc_female southern_english_female eva_k kerstin ramona ' +
    'nathalie siwis paola irina gosia lisa huayan daniela salka ugla lili anna berta natia raya lada'
  ).split(' '),
);

const QUALITY = ['high', 'medium', 'low', 'x_low'];

/**
 * Piper's voices by their names, `<language>_<REGION>-<name>-<quality>` ("en_US-lessac-medium"), the better quality
 * first. Names of another form say nothing of their language and are left out.
 */
export function piperVoices(names: readonly string[]): ListedVoice[] {
  return names
    .flatMap((name) => {
      const groups = /^(?<language>[a-z]{2,3})_(?<region>[A-Z]{2})-(?<own>\w+)-\w+$/u.exec(
        name,
      )?.groups;
      if (!groups) return [];
      const { language = '', region = '', own = '' } = groups;
      const gender = WOMEN.has(own) ? ('f' as const) : ('m' as const);
      return [{ name, language: `${language}-${region}`, gender }];
    })
    .toSorted((a, b) => rank(a.name) - rank(b.name));
}

function rank(name: string): number {
  const place = QUALITY.indexOf(name.slice(name.lastIndexOf('-') + 1));
  return place < 0 ? QUALITY.length : place;
}
