import { isDecent } from '../dictionary/decency.js';
import type { Dictionary, Sense } from '../dictionary/dictionary.js';
import type { Synset } from '../dictionary/synset.js';
import { entryOf, type Entry, type Reach } from './entry.js';
import { contentWords } from './subject.js';
import { topicNouns } from './topic-words.js';

/** Words of a definition that everybody knows or that explain nothing. */
const PLAIN = new Set(
  `something someone one kind type sort group number use thing part form set piece state act process way amount
  quality person people man woman body area place region time period year day unit system member name word top
  bottom side end front back result effect cause aid work condition means purpose order level degree high low
  large small long short variety form direct general common second minute example color size shape line point being
  set series combination mixture object case material matter water air food hand foot head face eye world`.split(
    /\s+/,
  ),
);

/**
 * The nouns that a definition leans on, each in the sense that fits it. Only senses that are beyond
 * reasonable doubt are told: the only one, by far the most usual one, or one that shares words with the definition.
 */
export async function wordingOf(
  synset: Synset,
  dictionary: Dictionary,
  reach: Reach,
): Promise<Entry[]> {
  return entriesFor(synset, { dictionary, reach, isStrict: false });
}

/** The same for a line of the user's: `context` is all that was written around it. Only senses that the context confirms. */
export async function notesOn(
  line: string,
  context: string,
  dictionary: Dictionary,
  reach: Reach,
): Promise<Entry[]> {
  const synset: Synset = {
    offset: -1,
    field: 'top',
    words: [],
    links: [],
    definition: line,
    asides: [],
    examples: [],
    label: '',
    raw: context,
  };
  return entriesFor(synset, { dictionary, reach, isStrict: true });
}

interface Search {
  dictionary: Dictionary;
  reach: Reach;
  /** How usual a sense is does not count. */
  isStrict: boolean;
}

async function entriesFor(
  synset: Synset,
  { dictionary, reach, isStrict }: Search,
): Promise<Entry[]> {
  const own = new Set(contentWords(synset.words.join(' ')));
  const nouns = await topicNouns(synset.definition, dictionary);
  const found: Entry[] = [];
  for (const { lemma, typed } of nouns) {
    if (isVerbHere(synset.definition, typed) || (lemma === typed && /[^s]s$/.test(lemma))) continue;
    if (PLAIN.has(lemma) || own.has(lemma) || lemma.length < 4) continue;
    const senses = (await dictionary.senses(lemma)).filter(({ synset: sense }) => isDecent(sense));
    const isWhole = typed.length === synset.definition.replace(/[.!?]$/, '').length;
    const sense = fitting(senses, synset, { lemma, isStrict, isWhole });
    if (sense && isNameOnly(sense, lemma) && /^\p{Ll}/u.test(typed)) continue;
    const entry = sense && entryOf(withFirst(sense, lemma), undefined, reach);
    if (entry && !found.some(({ offset }) => offset === entry.offset)) found.push(entry);
  }
  return found;
}

/** "that projects well above": the word stands where a verb does. */
function isVerbHere(definition: string, typed: string): boolean {
  if (typed.endsWith('ed')) return true;
  return new RegExp(
    `\\b(?:that|which|who|to|can|may|not|they|it) ${typed.replace(/[^\w -]/g, '.')}\\b`,
  ).test(definition);
}

interface Fitting {
  lemma: string;
  isStrict: boolean;
  /** The line is this word and nothing else. */
  isWhole: boolean;
}

function fitting(
  senses: readonly Sense[],
  context: Synset,
  { lemma, isStrict, isWhole }: Fitting,
): Synset | undefined {
  if (senses.length === 1) return senses[0]?.synset;
  if (senses.some(({ synset }) => synset.words.every((word) => /^\p{Lu}/u.test(word))))
    return undefined;
  const words = new Set(contentWords(context.raw).filter((word) => word !== lemma));
  for (const word of contentWords(context.words.join(' '))) words.add(word);
  const scored = senses
    .map((sense) => ({
      ...sense,
      shared: new Set(contentWords(sense.synset.raw).filter((word) => words.has(word))).size,
    }))
    .toSorted((a, b) => b.shared - a.shared || b.uses - a.uses);
  const [best, next] = scored;
  const [first] = senses;
  if (!best || !first) return undefined;
  const lead = best.shared - (next?.shared ?? 0);
  const total = senses.reduce((sum, { uses }) => sum + uses, 0);
  if (isStrict && isWhole && (senses.length === 2 || first.uses >= 0.7 * Math.max(1, total)))
    return first.synset;
  if (isStrict) return lead >= 1 && best.synset === first.synset ? best.synset : undefined;
  if (first.synset.field === context.field && first.uses * 2 >= total) return first.synset;
  if (lead >= 2 || (lead >= 1 && best.synset === first.synset)) return best.synset;
  return first.uses >= 5 && first.uses / total >= 0.85 ? first.synset : undefined;
}

/** "northwest of Wales" is not the Northwest. */
function isNameOnly({ words }: Synset, lemma: string): boolean {
  const spelled = words.find((word) => word.toLowerCase() === lemma) ?? lemma;
  return /^\p{Lu}/u.test(spelled);
}

/** The synset under the word that the definition used for it. */
function withFirst(synset: Synset, lemma: string): Synset {
  const used = synset.words.filter((word) => word.toLowerCase() === lemma);
  return {
    ...synset,
    words: [...used, ...synset.words.filter((word) => word.toLowerCase() !== lemma)],
  };
}
