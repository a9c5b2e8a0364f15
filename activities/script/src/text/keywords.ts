import { baseLanguage } from './language.js';

const COMMON_ENGLISH = new Set(
  `about above across after again against almost alone along already also although always among another
  around away back because become been before behind being below between beyond both bring brought came cannot
  come could does doing done down during each either else enough even ever every everyone everything feel find
  first from full gave gets give given goes going gone good great have having here high himself however into
  itself just keep kept know known large last later least leave less like little long look made make makes
  making many maybe might more most much must need never next nothing often once only onto open other over own
  part people perhaps place point quite rather really right said same says second seem seen several shall
  should show since small some someone something soon still such sure take taken tell than that their them
  themselves then there therefore these they thing things think this those though three through thus time today
  together told took toward under until upon used using very want well went were what when where whether which
  while whole whom whose will with within without would year years your yours four five`.split(
    /\s+/,
  ),
);

/** Words that say what a text is about, most frequent first, as they are written; at most `count`. */
export function keywordsOf(text: string, language: string, count = 6): string[] {
  const base = baseLanguage(language);
  const found = new Map<string, { word: string; uses: number; at: number }>();
  let at = 0;
  for (const word of wordsOf(text.slice(0, 4_000), base)) {
    const key = word.toLowerCase();
    const known = found.get(key);
    if (known) known.uses++;
    else if (isTelling(word, base)) found.set(key, { word, uses: 1, at: at++ });
  }
  return [...found.values()]
    .toSorted((a, b) => b.uses - a.uses || b.word.length - a.word.length || a.at - b.at)
    .slice(0, count)
    .toSorted((a, b) => a.at - b.at)
    .map(({ word }) => word);
}

function isTelling(word: string, base: string): boolean {
  if (/^(?:zh|ja)$/.test(base)) return /[\p{Script=Han}\p{Script=Katakana}]{2,}/u.test(word);
  if (/^(?:ko|th)$/.test(base)) return word.length >= 2;
  const least = base === 'en' ? 4 : 5;
  return (
    word.length >= least &&
    word.length <= 30 &&
    /^\p{L}[\p{L}\p{M}'’-]+$/u.test(word) &&
    !COMMON_ENGLISH.has(word.toLowerCase())
  );
}

const segmenters = new Map<string, Intl.Segmenter>();

/** Words of any writing system, without punctuation. */
export function wordsOf(text: string, base: string): string[] {
  const known = segmenters.get(base) ?? new Intl.Segmenter(base || 'en', { granularity: 'word' });
  if (segmenters.size < 64) segmenters.set(base, known);
  return [...known.segment(text)].flatMap(({ segment, isWordLike }) =>
    isWordLike ? [segment] : [],
  );
}
