import { isDecentText } from '../dictionary/decency.js';
import type { Dictionary } from '../dictionary/dictionary.js';
import type { Relation, Synset } from '../dictionary/synset.js';
import { entryOf, topicEntry, type Entry, type Reach } from './entry.js';
import { nameOf } from './entry-name.js';
import { capitalised } from '../english/words.js';
import { contentWords, overlap, surroundings, type Subject } from './subject.js';
import type { Term } from './term.js';

/** Everything that the dictionary holds about one subject, fit to be told, best first. */
export interface Material {
  subject: Subject;
  definition: Entry | undefined;
  otherSenses: Entry[];
  otherNames: string[];
  broader: Entry | undefined;
  kinds: Entry[];
  instances: Entry[];
  parts: Entry[];
  wholes: Entry[];
  terms: Entry[];
  neighbours: Entry[];
  siblings: Entry[];
  quotes: string[];
  /** How many kinds and instances there are in all. */
  counts: { kinds: number; instances: number };
}

/** What a film tells already, over all its subjects. */
export interface Told {
  offsets: Set<number>;
  names: Set<string>;
}

export interface Gathering {
  reach: Reach;
  told: Told;
}

/** Headings so wide that they say nothing. */
const TOO_WIDE =
  /^(?:entity|physical entity|abstraction|abstract entity|thing|object|whole|artifact|matter|psychological feature|act|event|state|attribute|relation|measure|group|causal agent|process|part|region|location|being|unit|content|communication|property|quality|action|activity|happening|condition|cognition|substance|material|way|person|someone|structure|instrumentality|natural object|collection|concept|idea|change|area|physical condition|time period|social group|body part|living thing|organism|geological formation|physical object|component)$/;

const MOST = 26;

/** A finite verb, as far as its form tells: an example without one is no sentence. */
const HAS_VERB =
  /\b(?:is|are|was|were|has|have|had|can|could|will|would|did|does|do|don't|didn't|must|may|should|shall|went|saw|made|took|gave|came|put|got|ran|told|knew|found|left|felt|grew|fell|held|kept|met|sat|stood|wrote|drank|ate|sang|flew|drove|rode|blew|threw|caught|bought|brought|sold|built|burst|became|began|spent|lost|won|led|lay|let|cut|shut|hit|set|rose|wore|broke|spoke|(?:he|she|it|they|we|I|you|who) \w+(?:ed|s)?|\w{3,}ed (?:the|a|an|his|her|their|its|to|with|in|on|at|by|for|from|after|over))\b/;

export async function gather(
  subject: Subject,
  dictionary: Dictionary,
  { reach, told }: Gathering,
): Promise<Material> {
  const { synset, term } = subject;
  tell(told, synset.offset, term.word);
  const around = await surroundings(synset, dictionary);
  const ranking = { word: term, around, reach, dictionary };
  const entries = async (synsets: readonly Synset[], strays = true): Promise<Entry[]> =>
    (await ranked(synsets, { ...ranking, strays })).filter((entry) =>
      tell(told, entry.offset, entry.name),
    );
  const link = (...relations: Relation[]): Promise<Synset[]> =>
    dictionary.linked(synset, ...relations);
  const all = {
    kinds: await link('kind'),
    instances: await link('instance'),
    terms: await link('term'),
    parts: await link('part', 'substance', 'member'),
    wholes: await link('whole'),
    broader: (await link('broader', 'instance-of'))[0],
  };
  const isOne = synset.links.some(({ relation }) => relation === 'instance-of');
  const wide = all.broader && !TOO_WIDE.test(all.broader.words[0] ?? '') ? all.broader : undefined;
  const broader = wide && entryOf(wide, undefined, { ...reach, taxonomy: true });
  const isBroaderNew = broader !== undefined && tell(told, broader.offset, broader.name);
  const material = {
    terms: await entries(all.terms),
    parts: await entries(all.parts),
    kinds: await entries(all.kinds),
    instances: await entries(all.instances),
    wholes: (await entries(all.wholes)).slice(0, 4),
    neighbours: await entries(subject.mentions, false),
  };
  return {
    subject,
    definition: topicEntry(synset, term),
    otherSenses: subject.others
      .flatMap((other) => entryOf(other, undefined, reach) ?? [])
      .slice(0, 3),
    otherNames: otherNames(subject),
    broader: isBroaderNew ? broader : undefined,
    ...material,
    siblings: wide
      ? (await entries(await dictionary.linked(wide, isOne ? 'instance' : 'kind'), false)).slice(
          0,
          14,
        )
      : [],
    quotes: quotesOf(subject),
    counts: { kinds: all.kinds.length, instances: all.instances.length },
  };
}

/** Notes that something is told; false where it was before, by its meaning or by its name. */
export function tell({ offsets, names }: Told, offset: number, name: string): boolean {
  if (offsets.has(offset) || names.has(name.toLowerCase())) return false;
  offsets.add(offset);
  names.add(name.toLowerCase());
  return true;
}

interface Ranking {
  word: Term;
  /** Words from the subject's surroundings: who shares them is close to it. */
  around: ReadonlySet<string>;
  reach: Reach;
  dictionary: Dictionary;
  /** Whether rare senses of common words may come along ("bus" for an old car). */
  strays: boolean;
}

/** A sense this far down its word's list surprises whoever hears only the word. */
const STRAY_RANK = 2;

/** Well-connected, plainly named and briefly defined entries first. */
async function ranked(
  synsets: readonly Synset[],
  { word: term, around, reach, dictionary, strays }: Ranking,
): Promise<Entry[]> {
  const word = term.word.toLowerCase();
  const best = synsets
    .flatMap((synset) => entryOf(synset, term, reach) ?? [])
    .map((entry) => ({
      entry,
      score:
        scoreOf(entry, word) + 0.6 * Math.min(4, overlap(contentWords(entry.synset.raw), around)),
    }))
    .toSorted((a, b) => b.score - a.score || a.entry.offset - b.entry.offset)
    .slice(0, MOST);
  const named = await Promise.all(best.map(({ entry }) => plainlyNamed(entry.synset, dictionary)));
  return named
    .filter(({ rank }) => strays || rank < STRAY_RANK)
    .flatMap(({ synset }) => entryOf(synset, term, reach) ?? []);
}

/** The synset under the word that usually means it, where its first word usually means something else. */
async function plainlyNamed(
  synset: Synset,
  dictionary: Dictionary,
): Promise<{ synset: Synset; rank: number }> {
  const isName = synset.links.some(({ relation }) => relation === 'instance-of');
  if (isName || synset.field === 'person') return { synset, rank: 0 };
  const ranks = await dictionary.ranksOf(synset);
  const first = synset.words.indexOf(nameOf(synset) ?? '');
  const rank = ranks[first] ?? 0;
  if (rank === 0) return { synset, rank };
  const order = [...synset.words.keys()].toSorted(
    (a, b) => (ranks[a] ?? 99) - (ranks[b] ?? 99) || a - b,
  );
  const words = order.flatMap((at) => synset.words[at] ?? []);
  const renamed = { ...synset, words };
  const chosen = synset.words.indexOf(nameOf(renamed) ?? '');
  const better = ranks[chosen] ?? rank;
  return better < rank ? { synset: renamed, rank: better } : { synset, rank };
}

function scoreOf(entry: Entry, word: string): number {
  const { name, definition, synset, isName } = entry;
  const first = definition.text.toLowerCase().indexOf(word);
  return (
    Math.log2(1 + synset.links.length) +
    (name.toLowerCase().includes(word) ? 1.5 : 0) +
    (first >= 0 && first < 60 ? 1.5 : 0) -
    (isName ? 0 : definition.text.length / 60) +
    (isName ? Math.min(4, synset.words.length) * 0.7 + Math.min(2, entry.asides.length) : 0) -
    name.length / 14 -
    (isName && synset.field === 'person' ? 1.5 : 0) -
    (synset.field === 'location' ? 1 : 0) -
    (/^(?:state|substance|process)$/.test(synset.field) ? 0.6 : 0) -
    (/\b(?:disease|infection|syndrome|tumor|surgery|disorder|inflammation|weapon|kill\w*|death|slaughter)\b/.test(
      synset.raw,
    )
      ? 4
      : 0)
  );
}

function otherNames({ synset, term }: Subject): string[] {
  if (term.countability === 'name') return [];
  return synset.words
    .filter((word) => word.toLowerCase() !== term.word.toLowerCase() && word.length <= 28)
    .filter((word) => !` ${term.word.toLowerCase()} `.includes(` ${word.toLowerCase()} `))
    .filter((word) => !/^(?:genus|family)\b|^\p{Lu}\p{Ll}+ \p{Ll}+$/u.test(word))
    .slice(0, 3);
}

/** Sentences of the dictionary with the word in them: its own examples, then those of other entries. */
function quotesOf({ synset, term, exampleMentions }: Subject): string[] {
  if (/^(?:person|group)$/.test(synset.field)) return [];
  const word = new RegExp(`(?<![\\w-])${term.word.replace(/[.*+?^${}()|[\]\\]/g, '.')}`, 'i');
  return [...synset.examples, ...exampleMentions.flatMap(({ examples }) => examples)]
    .filter((text) => word.test(text) && text.split(' ').length >= 5 && text.length <= 110)
    .filter(
      (text) =>
        !/[`"“”()[\]]|--|\.\.\.|\b(?:god|kill\w*|die[ds]?|dead|death|murder|drunk|hate|stupid|fat|ugly|war|gun|hell|damn|sex\w*|naked|thief|stole)\b/i.test(
          text,
        ),
    )
    .filter((text) => HAS_VERB.test(text) && isDecentText(text))
    .map((text) => capitalised(text.replace(/[.;,]+$/, '')))
    .filter((text, at, all) => all.indexOf(text) === at)
    .slice(0, 8);
}
