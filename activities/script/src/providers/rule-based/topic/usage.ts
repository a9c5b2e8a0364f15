import type { Mention } from '../dictionary/mentions.js';
import { looksPlural } from '../english/definitions.js';
import { isMassNoun, isUsuallyMass } from '../english/mass-nouns.js';
import { plural } from '../english/words.js';
import type { Synset } from '../dictionary/synset.js';
import type { Countability } from './term.js';
import type { TopicNoun } from './topic-words.js';

const FOLLOWS = String.raw`(?=$|[.,;:)"'!?]|\s+(?:of|in|that|with|and|or|is|are|was|were|for|on|to|from|by|at|which|who|when|as|has|have|had|can|but|into|over)\b)`;
const MASS_FIELDS = new Set<Synset['field']>([
  'food',
  'substance',
  'feeling',
  'phenomenon',
  'process',
  'state',
  'attribute',
  'act',
  'cognition',
  'motive',
]);

/**
 * Whether a noun is counted, by how the dictionary's own sentences use it: "a volcano", "volcanoes" against
 * "tea is", "of tea", and "the sun" against both. How the user wrote it
 * comes first: a plural is counted, "the ocean" is meant as one of a kind.
 */
export function countabilityOf(
  noun: TopicNoun,
  synset: Synset,
  mentions: readonly Mention[],
): Countability {
  const { lemma, typed, hasThe } = noun;
  const spelled = synset.words.find((word) => word.toLowerCase() === lemma) ?? lemma;
  if (/\p{Lu}/u.test(spelled) && /^\p{Lu}/u.test(spelled.split(' ').at(-1) ?? '')) return 'name';
  if (typed.toLowerCase() !== lemma) return 'count';
  if (looksPlural(lemma.split(' ').at(-1) ?? lemma)) return 'plural';
  if (hasThe) return 'definite';
  if (isUsuallyMass(lemma)) return 'mass';
  const { counted, bare, definite } = tally(lemma, mentions);
  if (definite >= 8 && definite > 2 * (counted + bare)) return 'definite';
  if (counted + bare >= 3) return counted > 2 * bare ? 'count' : 'mass';
  if (isMassNoun(lemma)) return 'mass';
  return MASS_FIELDS.has(synset.field) && !/^an? /.test(synset.definition)
    ? 'mass'
    : countedByGloss(synset);
}

function countedByGloss(synset: Synset): Countability {
  return MASS_FIELDS.has(synset.field) && synset.field !== 'cognition' && synset.field !== 'act'
    ? 'mass'
    : 'count';
}

function tally(
  lemma: string,
  mentions: readonly Mention[],
): { counted: number; bare: number; definite: number } {
  const word = escaped(lemma);
  const counted = new RegExp(
    String.raw`\b(?:an?|one|each|every|another)\s+(?:[\w-]+\s+)?${word}${FOLLOWS}|\b${escaped(plural(lemma))}\b`,
    'gi',
  );
  const bare = new RegExp(
    String.raw`(?:^|\b(?:of|with|in|for|from|to|and|or|by|make|making|drink|serve[ds]?|like|as|into|about|on)\s+|[;"(]\s*)${word}${FOLLOWS}`,
    'gi',
  );
  const definite = new RegExp(String.raw`\bthe\s+${word}${FOLLOWS}`, 'gi');
  const count = { counted: 0, bare: 0, definite: 0 };
  for (const { synset } of mentions) {
    count.counted += synset.raw.match(counted)?.length ?? 0;
    count.bare += synset.raw.match(bare)?.length ?? 0;
    count.definite += synset.raw.match(definite)?.length ?? 0;
  }
  return count;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
