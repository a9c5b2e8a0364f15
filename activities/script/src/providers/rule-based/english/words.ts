/** Small, careful English: articles, plurals, lists, capitals. Nouns come in lower case unless proper. */

const VOWEL_SOUND_EXCEPTIONS =
  /^(?:uni(?!nt|mp|nv|nd)|use|usu|uter|ur(?:anium|ine)|ufo|uk\b|eu(?!c)|ewe|one\b|once|ou(?:ija)|ubiq|u-|utop|utili)/i;
const SILENT_H = /^(?:hour|honou?r|honest|heir|herb)/i;
/** Letters whose names begin with a vowel, for abbreviations: an F, an MRI. */
const VOWEL_LETTERS = /^[AEFHILMNORSX](?:[A-Z\d.]+\b|\b)/;

/** "a" or "an", by sound. */
export function articleFor(phrase: string): 'a' | 'an' {
  const word = phrase.replace(/^[^\p{L}\p{N}]+/u, '');
  if (/^(?:8|11\b|18\b)/.test(word)) return 'an';
  if (/^[A-Z]{2,}\b|^[A-Z]\b|^[A-Z]-/.test(word)) return VOWEL_LETTERS.test(word) ? 'an' : 'a';
  if (SILENT_H.test(word)) return 'an';
  if (VOWEL_SOUND_EXCEPTIONS.test(word)) return 'a';
  return /^[aeiou]/i.test(word) ? 'an' : 'a';
}

export function withArticle(phrase: string): string {
  return `${articleFor(phrase)} ${phrase}`;
}

const IRREGULAR: Record<string, string> = {
  man: 'men',
  woman: 'women',
  child: 'children',
  person: 'people',
  foot: 'feet',
  tooth: 'teeth',
  goose: 'geese',
  mouse: 'mice',
  louse: 'lice',
  ox: 'oxen',
  leaf: 'leaves',
  life: 'lives',
  wife: 'wives',
  knife: 'knives',
  wolf: 'wolves',
  half: 'halves',
  self: 'selves',
  shelf: 'shelves',
  loaf: 'loaves',
  thief: 'thieves',
  calf: 'calves',
  elf: 'elves',
  hero: 'heroes',
  echo: 'echoes',
  potato: 'potatoes',
  tomato: 'tomatoes',
  volcano: 'volcanoes',
  torpedo: 'torpedoes',
  mosquito: 'mosquitoes',
  mango: 'mangoes',
  tornado: 'tornadoes',
  buffalo: 'buffaloes',
  crisis: 'crises',
  analysis: 'analyses',
  basis: 'bases',
  axis: 'axes',
  thesis: 'theses',
  oasis: 'oases',
  hypothesis: 'hypotheses',
  phenomenon: 'phenomena',
  criterion: 'criteria',
  bacterium: 'bacteria',
  datum: 'data',
  quantum: 'quanta',
  spectrum: 'spectra',
  stratum: 'strata',
  millennium: 'millennia',
  genus: 'genera',
  radius: 'radii',
  vertebra: 'vertebrae',
  matrix: 'matrices',
  scarf: 'scarves',
  hoof: 'hooves',
  diagnosis: 'diagnoses',
  synthesis: 'syntheses',
  metamorphosis: 'metamorphoses',
  cactus: 'cacti',
  fungus: 'fungi',
  nucleus: 'nuclei',
  stimulus: 'stimuli',
  larva: 'larvae',
  alga: 'algae',
  quiz: 'quizzes',
  bus: 'buses',
  gas: 'gases',
  octopus: 'octopuses',
};
const SAME_IN_PLURAL =
  /(?:sheep|deer|fish|salmon|trout|bison|moose|series|species|aircraft|spacecraft|offspring|shrimp|squid|swine|cattle|headquarters|means)$/i;

/** The plural of a noun phrase: of its head, which stands last or before "of", "in" or "with". */
export function plural(phrase: string): string {
  const [, head = phrase, rest = ''] =
    /^(.+?)( (?:of|in|for|with|to|on|at) .+)$/.exec(phrase) ?? [];
  const [, before = '', noun = head] = /^(.*[ -])?([^ -]+)$/.exec(head) ?? [];
  return before + pluralWord(noun) + rest;
}

function pluralWord(noun: string): string {
  const lower = noun.toLowerCase();
  const irregular = IRREGULAR[lower];
  if (irregular) return noun[0] === lower[0] ? irregular : capitalised(irregular);
  if (SAME_IN_PLURAL.test(lower)) return noun;
  if (
    /(?:[^g]man|[^hr]man)$/.test(lower) &&
    !/(?:human|german|roman|shaman|norman|ottoman|talisman)$/.test(lower)
  ) {
    return `${noun.slice(0, -2)}en`;
  }
  if (/[^aeiou]y$/.test(lower)) return `${noun.slice(0, -1)}ies`;
  if (/(?:s|x|z|ch|sh)$/.test(lower)) return `${noun}es`;
  return `${noun}s`;
}

/** "a, b and c". */
export function listed(items: readonly string[], conjunction = 'and'): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}

/** With a capital first letter; the rest stays, and so do names such as "iPhone" or "pH". */
export function capitalised(text: string): string {
  if (/^(?:i[A-Z]|e[A-Z]|p[A-Z])/.test(text)) return text;
  return text.replace(/^([^\p{L}\p{N}]*)(\p{Ll})/u, (_all, before: string, letter: string) => {
    return before + letter.toUpperCase();
  });
}

const SMALL_WORDS = new Set(
  'a an and as at but by for from in into nor of off on onto or over per so than the to up via vs with yet da de del di du von van der den la le el'.split(
    ' ',
  ),
);

/** Title case as newspapers set it: small words stay small inside, words with capitals stay as they are. */
export function titleCase(text: string): string {
  const words = text.split(' ');
  return words
    .map((word, at) => {
      const isInner = at > 0 && at < words.length - 1 && !/[:.?!]$/.test(words[at - 1] ?? '');
      if (isInner && SMALL_WORDS.has(word.toLowerCase())) return word.toLowerCase();
      return /\p{Lu}/u.test(word.slice(1)) ? word : capitalised(word);
    })
    .join(' ');
}

const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** Small numbers as words, as running text has them. */
export function numberWord(count: number): string {
  return NUMBERS[count] ?? count.toLocaleString('en-US');
}

const ORDINALS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(
    ' ',
  );

export function ordinalWord(count: number): string {
  return ORDINALS[count] ?? `number ${count}`;
}
