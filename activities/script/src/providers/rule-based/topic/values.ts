import { capitalised, listed } from '../english/words.js';
import type { Values } from '../template.js';
import type { Entry } from './entry.js';
import { isPluralName, type Term } from './term.js';
import type { TopicName } from './topic-name.js';

/** What phrasings know of the whole film. */
export function filmValues(name: TopicName, term: Term, audience: string): Values {
  return {
    P: name.mention,
    Title: name.title,
    isP: name.isPlural ? 'are' : 'is',
    doesP: name.isPlural ? 'do' : 'does',
    wereP: name.isPlural ? 'were' : 'was',
    meansP: name.isPlural ? 'mean' : 'means',
    audience: audience === '' ? undefined : audience,
    ...termValues(term),
  };
}

/** What they know of one subject. Agreement follows its general form. */
export function termValues(term: Term): Values {
  const { generic, genericIsPlural, single, word, countability } = term;
  const isMany = isPluralName(word) || countability === 'plural';
  return {
    T: generic,
    Ts: countability === 'count' ? generic : undefined,
    is: genericIsPlural ? 'are' : 'is',
    A: single,
    isA: isMany ? 'are' : 'is',
    itA: isMany ? 'they' : 'it',
    w: mentionOf(term),
    W: countability === 'name' ? generic : `the word ${mentionOf(term)}`,
    k: countability === 'name' ? undefined : word,
    L: word.charAt(0).toUpperCase(),
  };
}

/** The word as a word: a counted noun stands in quotation marks where it has no article. */
export function mentionOf({ countability, generic, word }: Term): string {
  if (countability === 'name') return generic;
  return countability === 'mass' ? word : `“${word}”`;
}

export function entryValues({ name, reference, definition, clause }: Entry): Values {
  return { n: name, x: reference, g: definition.text, D: clause };
}

/** Names in a list, as words ({list}) and as things ({things}). */
export function listValues(entries: readonly Entry[]): Values {
  const names = entries.map(({ name }) => name);
  const things = entries.map(({ listed: thing }) => thing);
  return {
    list: listed(names),
    listOr: listed(names, 'or'),
    things: listed(things),
    thingsOr: listed(things, 'or'),
  };
}

/** Lines of a card: each with a capital, short enough for one line. */
export function cardLines(names: readonly string[], most = 6): string[] {
  return names
    .filter((name) => name.length <= 56)
    .slice(0, most)
    .map(capitalised);
}
