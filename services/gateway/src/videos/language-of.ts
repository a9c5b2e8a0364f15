/** The language of a brief as a BCP 47 tag, where nobody says it. A doubtful brief is English. Pure. */
export function languageOf(brief: string): string {
  const text = brief.slice(0, ENOUGH_CHARACTERS);
  return languageOfLetters(text) ?? languageOfWords(text) ?? 'en-US';
}

/** The beginning of a long text says as much as the whole. */
const ENOUGH_CHARACTERS = 20_000;

/** Writing systems that tell a language by themselves. */
const SCRIPTS = [
  ['ru-RU', /\p{Script=Cyrillic}/gu],
  ['el-GR', /\p{Script=Greek}/gu],
  ['ar-SA', /\p{Script=Arabic}/gu],
  ['he-IL', /\p{Script=Hebrew}/gu],
  ['hi-IN', /\p{Script=Devanagari}/gu],
  ['ko-KR', /\p{Script=Hangul}/gu],
  ['th-TH', /\p{Script=Thai}/gu],
] as const;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const HAN = /\p{Script=Han}/gu;
/** Japanese mixes kana into its Han characters; a Chinese text holds at most a name in kana. */
const LEAST_KANA = 0.1;

/** The language whose writing most letters are in; undefined for Latin and for writings we do not know. */
function languageOfLetters(text: string): string | undefined {
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0;
  const half = count(/\p{L}/gu) / 2;
  const [kana, han] = [count(KANA), count(HAN)];
  if (kana + han > half) return kana >= LEAST_KANA * (kana + han) ? 'ja-JP' : 'zh-CN';
  return SCRIPTS.find(([, letters]) => count(letters) > half)?.[0];
}

const ENGLISH = words(
  'the and of to that it for with are this by they or from have has what why how you',
);

/** Frequent small words that are neither English nor, as far as may be, those of a neighbour here. */
const SMALL_WORDS = [
  [
    'de-DE',
    words(
      'der die das und ist nicht ein eine einen von zu den dem mit für auf wie sich auch warum wir',
    ),
  ],
  [
    'fr-FR',
    words('le les et des est une dans pour qui sur avec pas au du sont ce nous il elle pourquoi'),
  ],
  [
    'es-ES',
    words('el los las y es una del con por como más pero sus muy porque sobre también son hay lo'),
  ],
  [
    'it-IT',
    words(
      'il gli è di che della sono più perché nel anche questo alla dei delle si non lo una per',
    ),
  ],
  [
    'pt-BR',
    words('os um uma da dos das em não mais mas ao são pelo pela muito também já quando é com'),
  ],
  [
    'nl-NL',
    words(
      'de het een en van niet zijn op voor met dat ook maar aan wordt naar worden waarom hoe uit',
    ),
  ],
] as const;

const LEAST_WORDS = 8;
const LEAST_HITS = 4;
const LEAST_LEAD = 2;
const LEAST_SHARE = 0.2;

/** A language in Latin letters whose small words are many, and far more than any other's. */
function languageOfWords(text: string): string | undefined {
  const all = text.normalize('NFC').match(/[\p{L}\p{M}]+/gu) ?? [];
  if (all.length < LEAST_WORDS) return undefined;
  // Los Angeles and El Greco are names: with a capital only English counts.
  const hitsOf = (known: ReadonlySet<string>) => all.filter((word) => known.has(word)).length;
  const english = all.filter((word) => ENGLISH.has(word.toLowerCase())).length;
  const [first, second] = SMALL_WORDS.map(([language, known]) => ({
    language,
    hits: hitsOf(known),
  })).toSorted((a, b) => b.hits - a.hits);
  if (!first || first.hits < Math.max(LEAST_HITS, LEAST_SHARE * all.length)) return undefined;
  const rival = Math.max(second?.hits ?? 0, english);
  return first.hits >= LEAST_LEAD * rival ? first.language : undefined;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
