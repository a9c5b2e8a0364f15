import { baseLanguage, contradictsScript } from '../text/language.js';

/**
 * The most frequent small words of languages in Latin letters. A third or more of running text are such words, so
 * they tell even texts apart that are full of names and of the words of a brief in another language.
 */
const SMALL_WORDS: Record<string, string> = {
  en: 'the of and to in is that it for with as are was on be by this from at or an they which but not have has its can you we our their when what how more than into so one a he she his her there if only then',
  de: 'der die das und ist nicht ein eine einer einem einen den dem des zu mit von auf für im in sich auch wie es als an was man wird aus bei nach nur so noch sie er wir uns über durch wenn oder aber hat haben sind war zum zur dass mehr sein ihre',
  fr: 'le la les et des est une un dans pour que qui sur avec pas au aux du sont ce cette de en il elle ils nous vous on ne se plus par comme mais ou où son sa ses leur a été être à',
  es: 'el la los las y es una un en que de del para con por se como más su sus al lo no o pero son este esta hay ha fue ser entre cuando muy sin sobre también nos cada',
  it: 'il lo la gli le e è una un uno di del della dei delle che per con non si sono più come in nel nella al alla da dal ma o anche questo questa ha cui su loro sua suo ogni ci',
  pt: 'o a os as e é uma um de do da dos das que para com não se em no na nos nas mais como por ao à são mas ou também este esta foi ser tem seu sua quando entre cada',
  nl: 'de het een en van is dat niet op te met voor zijn aan ook maar worden wordt in die er om als bij uit door naar over nog meer dan wat we ze hun deze dit of kan heeft',
  pl: 'i w na z do nie się jest to że co jak ale przez oraz są od po dla o za tak ich jego jej być czy tylko już może który która które każdy nas ten ta te gdy',
  tr: 've bir bu için ile de da çok ne gibi daha olarak var değil ama en kadar o her olan sonra bile biz şey ya ki mi mı hem onu bunu ise',
  sv: 'och att det som en på är av för med den till inte har ett om i de vi så var men från kan eller man sig när vad hur alla där mer',
  fi: 'ja on ei se että oli hän mutta ovat kun niin joka tai myös kuin sen ne voi jos vain nyt niiden mitä me hyvin olla sekä',
};

const SETS = Object.entries(SMALL_WORDS).map(
  ([language, words]) => [language, new Set(words.split(' '))] as const,
);

/** Fewer words than these say nothing. */
const LEAST_WORDS = 25;
/** A share of small words that no text in another language reaches by chance. */
const TELLING_SHARE = 0.15;
/** Small words are shared between neighbours; the right language has many more than any other. */
const LEAD = 1.5;

/** Whether a longer text is surely not written in a language (BCP 47). Pure. */
export function isOtherLanguage(text: string, language: string): boolean {
  if (contradictsScript(text, language)) return true;
  const words =
    text
      .slice(0, 20_000)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const base = baseLanguage(language);
  if (words.length < LEAST_WORDS || !(base in SMALL_WORDS)) return false;
  const shares = SETS.map(([name, set]) => ({
    name,
    share: words.filter((word) => set.has(word)).length / words.length,
  })).toSorted((a, b) => b.share - a.share);
  const own = shares.find(({ name }) => name === base)?.share ?? 0;
  const [first] = shares;
  return first !== undefined && first.share >= TELLING_SHARE && first.share > own * LEAD;
}
