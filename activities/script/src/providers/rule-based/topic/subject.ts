import { isDecent } from '../dictionary/decency.js';
import type { Dictionary, Sense } from '../dictionary/dictionary.js';
import type { Mention } from '../dictionary/mentions.js';
import type { Synset } from '../dictionary/synset.js';
import { definitionOf } from '../english/definitions.js';
import { articleFor, plural } from '../english/words.js';
import type { Entry } from './entry.js';
import { termOf, type Term } from './term.js';
import type { TopicNoun } from './topic-words.js';
import { countabilityOf } from './usage.js';

/** One thing that the film speaks of, in the sense that it is taken in. */
export interface Subject {
  noun: TopicNoun;
  term: Term;
  synset: Synset;
  /** Further senses that may be mentioned, most usual first. */
  others: Synset[];
  /** Nouns whose definition speaks of this subject, in this sense as far as can be told. */
  mentions: Synset[];
  /** Entries that use the word in an example. */
  exampleMentions: Synset[];
}

/** `context`: the other nouns of the topic, which help to find the sense that is meant. */
export async function subjectOf(
  noun: TopicNoun,
  context: readonly string[],
  dictionary: Dictionary,
): Promise<Subject | undefined> {
  const senses = (await dictionary.senses(noun.lemma)).filter(({ synset }) => isTellable(synset));
  if (senses.length === 0) return undefined;
  const sense = chosen(senses, noun, context);
  const spelled =
    sense.synset.words.find((word) => word.toLowerCase() === noun.lemma) ?? noun.lemma;
  const mentions = await dictionary.mentions([spelled, plural(spelled)]);
  const countability = countabilityOf(noun, sense.synset, mentions);
  const isPerson = sense.synset.field === 'person' && countability === 'name';
  return {
    noun,
    term: termOf(spelled, countability, isPerson),
    synset: sense.synset,
    others: otherSenses(senses, sense, noun.lemma),
    mentions: await inThisSense(
      sense,
      senses,
      mentions.filter(({ inDefinition }) => inDefinition),
      dictionary,
    ),
    exampleMentions: await inThisSense(
      sense,
      senses,
      mentions.filter(({ inDefinition }) => !inDefinition),
      dictionary,
    ),
  };
}

/** A word that came up with the topic, in the sense in which it did, as a subject of its own. */
export async function subjectOfEntry(entry: Entry, dictionary: Dictionary): Promise<Subject> {
  const { synset, name } = entry;
  const lemma = name.toLowerCase();
  const noun: TopicNoun = { typed: name, lemma, from: 0, to: 1, hasThe: false, isFacet: false };
  const senses = await dictionary.senses(lemma);
  const sense = senses.find((one) => one.synset.offset === synset.offset) ?? { synset, uses: 0 };
  const all = senses.includes(sense) ? senses : [sense];
  const mentions = await dictionary.mentions([name, plural(name)]);
  const inSense = (defined: boolean): Promise<Synset[]> =>
    inThisSense(
      sense,
      all,
      mentions.filter(({ inDefinition }) => inDefinition === defined),
      dictionary,
    );
  const counted =
    entry.clause.startsWith(`${articleFor(name)} ${name} `) || entry.definition.isPlural;
  return {
    noun,
    term: termOf(name, counted ? 'count' : countabilityOf(noun, synset, mentions)),
    synset,
    others: [],
    mentions: await inSense(true),
    exampleMentions: await inSense(false),
  };
}

function isTellable(synset: Synset): boolean {
  return isDecent(synset) && definitionOf(synset) !== undefined;
}

/** The sense with the most uses and relations; other words of the topic in its gloss outweigh both. */
function chosen(senses: readonly Sense[], noun: TopicNoun, context: readonly string[]): Sense {
  const isCapital = /^\p{Lu}/u.test(noun.typed) && noun.from > 0;
  const scored = senses.map((sense, at) => {
    const { synset, uses } = sense;
    const shared = context.filter((word) => mentionsWord(synset.raw, word)).length;
    const spelled = synset.words.find((word) => word.toLowerCase() === noun.lemma) ?? '';
    const isName = /^\p{Lu}/u.test(spelled);
    const score =
      2 * Math.log2(1 + uses) +
      Math.log2(1 + synset.links.length) +
      6 * shared -
      at / 4 -
      (synset.field === 'person' && !isName ? 2 : 0) -
      (isName !== isCapital && isName ? 1 : 0);
    return { sense, score };
  });
  return scored.toSorted((a, b) => b.score - a.score)[0]!.sense;
}

/** The word is this meaning's usual name, not one of many by-names. */
function isOwnSense({ words }: Synset, lemma: string): boolean {
  const at = words.findIndex((word) => word.toLowerCase() === lemma);
  return at === 0 || (at === 1 && words.length <= 3);
}

function otherSenses(senses: readonly Sense[], chosenSense: Sense, lemma: string): Synset[] {
  const isPerson = chosenSense.synset.field === 'person';
  return senses
    .filter((sense) => sense !== chosenSense)
    .filter(({ synset }) => isPerson || synset.field !== 'person')
    .filter(({ synset, uses }, at) => at < 4 && uses > 0 && synset.raw.length < 220)
    .filter(({ synset }) => isOwnSense(synset, lemma))
    .map(({ synset }) => synset);
}

/** Keeps the mentions that share more words with this sense's surroundings than with another's. */
async function inThisSense(
  sense: Sense,
  senses: readonly Sense[],
  mentions: readonly Mention[],
  dictionary: Dictionary,
): Promise<Synset[]> {
  const own = new Set(sense.synset.links.map(({ offset }) => offset));
  const candidates = mentions
    .filter(({ synset }) => synset.offset !== sense.synset.offset && isDecent(synset))
    .filter(({ synset }) => !senses.some((other) => other.synset.offset === synset.offset));
  if (senses.length === 1) return candidates.map(({ synset }) => synset);
  const bags = await Promise.all(senses.map((one) => surroundings(one.synset, dictionary)));
  const ownBag = bags[senses.indexOf(sense)] ?? new Set<string>();
  const total = senses.reduce((sum, { uses }) => sum + uses, 0);
  const dominates = total >= 5 && sense.uses / total >= 0.7;
  return candidates
    .filter(({ synset }) => {
      if (own.has(synset.offset)) return true;
      const words = contentWords(synset.raw);
      const mine = overlap(words, ownBag);
      const best = Math.max(
        0,
        ...bags.filter((bag) => bag !== ownBag).map((bag) => overlap(words, bag)),
      );
      return mine > best || (mine === best && (mine > 0 || dominates));
    })
    .map(({ synset }) => synset);
}

export async function surroundings(synset: Synset, dictionary: Dictionary): Promise<Set<string>> {
  const linked = await Promise.all(
    synset.links.slice(0, 40).map(({ offset }) => dictionary.synset(offset)),
  );
  return new Set([
    ...contentWords(synset.raw),
    ...linked.flatMap(({ words }) => words.flatMap((word) => contentWords(word))),
    ...linked.slice(0, 12).flatMap(({ definition }) => contentWords(definition)),
  ]);
}

const EMPTY = new Set(
  'a an the and or of in on at to for from with by that which who is are was be as it its not used usually especially any some something someone one two other such having made often very more most than into when where this their they has have can'.split(
    ' ',
  ),
);

/** Words that carry meaning, without plural endings, lower case. */
export function contentWords(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z][a-z-]{2,}/g) ?? [];
  return words.filter((word) => !EMPTY.has(word)).map((word) => word.replace(/(?<=[^s])s$/, ''));
}

export function overlap(words: readonly string[], bag: ReadonlySet<string>): number {
  return new Set(words.filter((word) => bag.has(word))).size;
}

function mentionsWord(gloss: string, word: string): boolean {
  return new Set(contentWords(gloss)).has(word.toLowerCase());
}
