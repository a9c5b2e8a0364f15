/** Writing systems that name a language, with the share of letters that makes them count. */
const SCRIPTS: [language: string, letters: RegExp][] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['bn', /\p{Script=Bengali}/gu],
  ['ta', /\p{Script=Tamil}/gu],
  ['te', /\p{Script=Telugu}/gu],
  ['ka', /\p{Script=Georgian}/gu],
  ['hy', /\p{Script=Armenian}/gu],
];

/** Which writing systems a language is written in; all others are written in Latin letters. */
const WRITTEN_IN: Record<string, string[]> = {
  ja: ['ja', 'zh'],
  zh: ['zh'],
  yue: ['zh'],
  ko: ['ko', 'zh'],
  ru: ['ru'],
  uk: ['ru'],
  be: ['ru'],
  bg: ['ru'],
  mk: ['ru'],
  mn: ['ru'],
  kk: ['ru'],
  ky: ['ru'],
  tg: ['ru'],
  sr: ['ru', 'latin'],
  el: ['el'],
  ar: ['ar'],
  fa: ['ar'],
  ur: ['ar'],
  ps: ['ar'],
  he: ['he'],
  yi: ['he'],
  hi: ['hi'],
  mr: ['hi'],
  ne: ['hi'],
  sa: ['hi'],
  th: ['th'],
  bn: ['bn'],
  ta: ['ta'],
  te: ['te'],
  ka: ['ka'],
  hy: ['hy'],
};

/** Frequent small words that tell languages in Latin letters apart. */
const SMALL_WORDS: Record<string, string> = {
  en: 'the a and of to is in that it for with are was this on be as have from not by at or they you we do no say how what',
  de: 'der die das und ist nicht ein eine mit von zu den auf für im sich auch werden',
  fr: 'le la les et des est une un dans pour que qui sur avec pas au du sont ce',
  es: 'el la los las y es una un en que de para con por se del como más su',
  it: 'il lo la gli e è una un di che per con non si del della sono più come',
  pt: 'o a os as e é uma um de que para com não se do da em mais como são',
  nl: 'de het een en van is dat niet op te met voor zijn aan ook maar worden',
  pl: 'i w na z do nie się jest to że co jak ale przez oraz są od po dla',
  tr: 've bir bu için ile de da çok ne gibi daha olarak var değil ama en kadar',
  sv: 'och att det som en på är av för med den till inte har ett om',
  fi: 'ja on ei se että oli hän mutta ovat kun niin joka tai myös',
};

/** The language a text is written in, as far as letters and small words tell; undefined where they do not. */
export function detectLanguage(text: string): string | undefined {
  const sample = text.slice(0, 4_000);
  const script = dominantScript(sample);
  if (script === undefined) return undefined;
  if (script === 'ru') return isUkrainian(sample) ? 'uk' : 'ru';
  if (script !== 'latin') return script;
  return latinLanguage(sample);
}

/** Whether a text may be in the language although it was taken for another one: their letters are the same. */
export function hasSameLetters(detected: string, language: string): boolean {
  return SHARED_LETTERS.has(detected) && (WRITTEN_IN[language]?.includes(detected) ?? false);
}

/** Named for their writing system alone, which other languages have too. */
const SHARED_LETTERS: ReadonlySet<string> = new Set(['ru', 'ar', 'he', 'hi']);

/** Letters that only one of the two has. */
function isUkrainian(sample: string): boolean {
  const ukrainian = sample.match(/[іїєґ]/giu)?.length ?? 0;
  return ukrainian > (sample.match(/[ыэъё]/giu)?.length ?? 0);
}

/** Whether the text's letters cannot be those of the language ("ru" text asked for as "en-US"). */
export function contradictsScript(text: string, language: string): boolean {
  const script = dominantScript(text.slice(0, 4_000));
  const expected = WRITTEN_IN[baseLanguage(language)] ?? ['latin'];
  return (
    script !== undefined && !expected.includes(script) && !(script === 'latin' && text.length < 40)
  );
}

/** "pt-BR" → "pt"; empty for what is no language tag. */
export function baseLanguage(language: string): string {
  return /^[a-zA-Z]{2,3}(?=$|[-_])/.exec(language.trim())?.[0]?.toLowerCase() ?? '';
}

function dominantScript(sample: string): string | undefined {
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 2) return undefined;
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const counts = SCRIPTS.map(([language, pattern]) => ({
    language,
    count: sample.match(pattern)?.length ?? 0,
  }));
  const kana = counts.find(({ language }) => language === 'ja')?.count ?? 0;
  const han = counts.find(({ language }) => language === 'zh')?.count ?? 0;
  if (kana > 0 && (kana + han) * 2 > letters && kana * 10 > han) return 'ja';
  const most = counts.toSorted((a, b) => b.count - a.count)[0];
  if (most && most.count * 2 > letters) return most.language;
  return latin * 2 > letters ? 'latin' : undefined;
}

function latinLanguage(sample: string): string | undefined {
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  const scores = Object.entries(SMALL_WORDS)
    .map(([language, list]) => {
      const known = new Set(list.split(' '));
      return { language, score: words.filter((word) => known.has(word)).length };
    })
    .toSorted((a, b) => b.score - a.score);
  const [first, second] = scores;
  // Short words are shared ("a", "no", "do"): what tells must be many, and many more than any other's.
  if (!first || first.score < 4 || first.score < (second?.score ?? 0) * 1.5) return undefined;
  if (first.score < words.length * 0.2) return undefined;
  return first.language;
}
