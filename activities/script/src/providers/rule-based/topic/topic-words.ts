import type { Dictionary } from '../dictionary/dictionary.js';

/** A noun of the topic that the dictionary knows. */
export interface TopicNoun {
  /** As the topic has it ("bees"). */
  typed: string;
  /** As the dictionary has it, lower case ("bee"). */
  lemma: string;
  /** Position of its first and after its last word within the topic. */
  from: number;
  to: number;
  /** "the" stands right before it. */
  hasThe: boolean;
  /** Its head is something general ("history", "benefits") that says how to look at the rest. */
  isFacet: boolean;
}

const MAX_COMPOUND = 4;

const FACETS = new Set(
  `history future past present story beginning origin origins rise fall end basics basic benefit advantage
  disadvantage importance role power secret secrets art world life introduction overview guide fact thing way
  idea tip reason trick method kind type example meaning definition impact effect influence use uses value
  problem question myth truth mystery wonder beauty joy pleasure science magic culture evolution development
  invention discovery guide lesson step part side look difference people today century year day time work
  case point list top number topic subject video film beginner change`
    .split(/\s+/)
    .filter(Boolean),
);

const SKIPPED = new Set(
  `a an the and or but of in on at to for from with without by about into over under as than then so not no
  how why what when where who which whose is are was were be been do does did can could should would will may
  might must has have had it its they their them we our us you your i my me he she his her this that these
  those there here more most less much many some any all every each other another new best better good great
  very really explained explain using make makes made making get gets do does work works vs versus between
  during before after while if because your own just only also first last next up down out off lot us let use
  one two three four five six seven eight nine ten`.split(/\s+/),
);

/** The nouns of a topic, longest compounds first, in the order of the text; facets are marked. */
export async function topicNouns(topic: string, dictionary: Dictionary): Promise<TopicNoun[]> {
  const words = wordsOf(topic);
  const isClause = /^(?:how|why|what|when|where|who|which|do|does|is|are|can)\b/i.test(topic);
  const found: TopicNoun[] = [];
  for (let from = 0; from < words.length;) {
    const noun = await longestNoun(words, { from, isClause }, dictionary);
    if (noun) found.push(noun);
    from = noun?.to ?? from + 1;
  }
  return found.length > 0 ? found : lastResort(words, dictionary);
}

/** "des" is not the drug DES, "it" not the abbreviation IT. */
async function isForeignCapitals(
  typed: string,
  lemma: string,
  dictionary: Dictionary,
): Promise<boolean> {
  if (typed.length > 5 || typed === typed.toUpperCase()) return false;
  const senses = await dictionary.senses(lemma);
  return senses.every(({ synset }) => {
    const spelled = synset.words.find((word) => word.toLowerCase() === lemma) ?? lemma;
    return /^[A-Z][A-Z.]+$/.test(spelled);
  });
}

/** "why we sleep": where nothing is mostly a noun, the last word that can be one. */
async function lastResort(words: readonly string[], dictionary: Dictionary): Promise<TopicNoun[]> {
  for (const [back, typed] of words.toReversed().entries()) {
    const lemma = SKIPPED.has(typed.toLowerCase()) ? undefined : await dictionary.baseOf(typed);
    const from = words.length - 1 - back;
    if (lemma !== undefined && (await dictionary.usesByPart(lemma)).noun > 0) {
      return [
        { typed, lemma, from, to: from + 1, hasThe: isThe(words, from, from + 1), isFacet: false },
      ];
    }
  }
  return [];
}

/** Words of a topic without punctuation. */
export function wordsOf(topic: string): string[] {
  return topic
    .replace(/[’]/g, "'")
    .split(/[\s,;:!?()"“”/]+/)
    .map((word) => word.replace(/^[.'-]+|[.'-]+$|'s$/g, ''))
    .filter(Boolean);
}

async function longestNoun(
  words: readonly string[],
  { from, isClause }: { from: number; isClause: boolean },
  dictionary: Dictionary,
): Promise<TopicNoun | undefined> {
  for (let to = Math.min(words.length, from + MAX_COMPOUND); to > from; to--) {
    const typed = words.slice(from, to).join(' ');
    const first = words[from] ?? '';
    const isOne = to - from === 1;
    if (SKIPPED.has(first.toLowerCase()) && (isOne || !/^\p{Lu}/u.test(first))) continue;
    const base = await fittingBase(typed, dictionary);
    if (base === undefined || (isOne && isInfinitive(words, from))) continue;
    const { lemma, isName } = base;
    const isAlone = words.length === to - from;
    if (isOne && isName && !isAlone && !standsAsName(words, from)) continue;
    if (isOne && !isAlone && !(await isMostlyNoun(typed, lemma, isClause, dictionary))) continue;
    return { typed, lemma, from, to, hasThe: isThe(words, from, to), isFacet: FACETS.has(lemma) };
  }
  return undefined;
}

/** The entry that the typed words mean: in small letters a common noun before a name ("tigers" is no movement). */
async function fittingBase(
  typed: string,
  dictionary: Dictionary,
): Promise<{ lemma: string; isName: boolean } | undefined> {
  const isSmall = typed === typed.toLowerCase();
  let name: string | undefined;
  for (const lemma of await dictionary.basesOf(typed)) {
    if (await isForeignCapitals(typed, lemma, dictionary)) continue;
    const senses = await dictionary.senses(lemma);
    const isName = senses.every(({ synset }) => !synset.words.includes(lemma));
    if (!isName || !isSmall) return { lemma, isName };
    name ??= lemma;
  }
  return name === undefined ? undefined : { lemma: name, isName: true };
}

/** "Paris in spring", but neither "mona lisa" nor the Mona of "Mona Lisa". */
function standsAsName(words: readonly string[], at: number): boolean {
  return isCapital(words[at]) && !isCapital(words[at - 1]) && !isCapital(words[at + 1]);
}

function isCapital(word: string | undefined): boolean {
  return word !== undefined && /^\p{Lu}/u.test(word) && !SKIPPED.has(word.toLowerCase());
}

/** "how to brew": what follows is done, not had. */
function isInfinitive(words: readonly string[], from: number): boolean {
  return words[from - 1]?.toLowerCase() === 'to' && words[from - 2]?.toLowerCase() === 'how';
}

/** "the ocean", but not "the water" of "the water cycle". */
function isThe(words: readonly string[], from: number, to: number): boolean {
  const next = words[to]?.toLowerCase();
  return words[from - 1]?.toLowerCase() === 'the' && (next === undefined || SKIPPED.has(next));
}

/** "make" is in the dictionary as a noun, too, but hardly anyone uses it so. */
async function isMostlyNoun(
  typed: string,
  lemma: string,
  isClause: boolean,
  dictionary: Dictionary,
): Promise<boolean> {
  if (lemma.length < 2 || /^\d/.test(lemma)) return false;
  const own = await dictionary.usesByPart(typed);
  const base = lemma === typed.toLowerCase() ? own : await dictionary.usesByPart(lemma);
  const noun = own.noun + (base === own ? 0 : base.noun);
  const other = own.other + (base === own ? 0 : base.other);
  if (noun === 0 && other > 0) return false;
  return noun >= other * (isClause ? 1.5 : 0.4);
}
