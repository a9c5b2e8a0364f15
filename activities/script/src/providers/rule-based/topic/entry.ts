import { isDecent } from '../dictionary/decency.js';
import type { Synset } from '../dictionary/synset.js';
import { definitionOf, type Definition } from '../english/definitions.js';
import { isMassNoun } from '../english/mass-nouns.js';
import { articleFor, plural } from '../english/words.js';
import { asidesOf } from './asides.js';
import { isDated } from './dated.js';
import { isProper, nameOf } from './entry-name.js';
import { isPluralName, named, type Term } from './term.js';

/** One thing that the film tells of in a sentence, with the forms that the phrasings need. */
export interface Entry {
  offset: number;
  /** Bare name ("caldera", "Duke Ellington"). */
  name: string;
  /** As a thing in a sentence ("the caldera", "iced tea"); in quotation marks where that is unsure. */
  reference: string;
  /** As a thing in a list, never in quotation marks. */
  listed: string;
  definition: Definition;
  /** A whole clause ("a caldera is a large crater …", "limpa means a rye bread …"). */
  clause: string;
  /** Further sentences about it ("It is served with soup."). */
  asides: string[];
  isName: boolean;
  synset: Synset;
}

/** What an audience can follow. */
export interface Reach {
  maxCharacters: number;
  taxonomy: boolean;
}

const COUNTED = new Set<Synset['field']>([
  'animal',
  'artifact',
  'body',
  'person',
  'plant',
  'shape',
  'object',
  'location',
  'group',
]);
const COUNTED_IF_ONE = new Set<Synset['field']>([
  'event',
  'communication',
  'time',
  'act',
  'quantity',
  'food',
  'phenomenon',
  'possession',
  'cognition',
  'relation',
]);
/** An entry fit to be told; undefined where the gloss is none, too long, unfit or out of date. */
export function entryOf(synset: Synset, head: Term | undefined, reach: Reach): Entry | undefined {
  const name = nameOf(synset);
  const definition = definitionOf(synset);
  if (!name || name.length < 2 || !definition || !isDecent(synset) || isDated(synset))
    return undefined;
  if (definition.text.split(' ').length < 3) return undefined;
  if (definition.text.length > reach.maxCharacters || isCircular(name, definition))
    return undefined;
  if (
    !reach.taxonomy &&
    /\b(?:genus|genera|family|species|subfamily|subclass|taxonom\w+|phylum|order)\b/.test(
      definition.text,
    )
  )
    return undefined;
  return told(name, { synset, definition, isName: isProper(synset, name), head });
}

/** The topic itself: by its own name and as its own countability has it, however long its definition is. */
export function topicEntry(synset: Synset, term: Term): Entry | undefined {
  const definition = definitionOf(synset);
  if (!definition) return undefined;
  return told(term.word, { synset, definition, isName: term.countability === 'name', head: term });
}

interface Told {
  synset: Synset;
  definition: Definition;
  isName: boolean;
  head: Term | undefined;
}

function told(name: string, { synset, definition, isName, head }: Told): Entry {
  const forms = isName
    ? nameForms(name, synset, definition)
    : formsOf(name, countOf(name, { synset, definition, head, isName }), definition);
  const asides = asidesOf(synset, forms.isPlural);
  return {
    offset: synset.offset,
    name,
    definition,
    isName,
    synset,
    asides:
      isName && synset.field === 'person'
        ? asides.map((aside) => ofPerson(aside, name, synset))
        : asides,
    reference: forms.reference,
    listed: forms.reference.replace(/[“”]/g, ''),
    clause: forms.clause,
  };
}

/** "It is considered …" is no way to speak of a person. */
function ofPerson(aside: string, name: string, synset: Synset): string {
  return aside
    .replace(/^It is\b/, `${name} ${isPast(synset) ? 'was' : 'is'}`)
    .replace(/^It\b/, name);
}

interface Forms {
  reference: string;
  clause: string;
  isPlural: boolean;
}

function nameForms(name: string, synset: Synset, { text, isPlural }: Definition): Forms {
  const reference = named(name);
  if (isPlural !== isPluralName(name)) {
    return { reference, clause: `${reference} stands for ${text}`, isPlural: false };
  }
  const are = isPlural || isPluralName(name);
  const is = isPast(synset) ? (are ? 'were' : 'was') : are ? 'are' : 'is';
  return { reference, clause: `${reference} ${is} ${text}`, isPlural: are };
}

function formsOf(name: string, count: Count, { text, isPlural }: Definition): Forms {
  if (count === 'definite')
    return { reference: `the ${name}`, clause: `the ${name} is ${text}`, isPlural: false };
  if (count === 'plural') return { reference: name, clause: `${name} are ${text}`, isPlural: true };
  if (count === 'unsure')
    return { reference: `“${name}”`, clause: `“${name}” means ${text}`, isPlural };
  if (count === 'mass')
    return { reference: name, clause: `${name} ${isPlural ? 'means' : 'is'} ${text}`, isPlural };
  if (isPlural && /^(?:the|those|these) /.test(text)) {
    return { reference: `“${name}”`, clause: `“${name}” means ${text}`, isPlural };
  }
  if (isPlural) return { reference: plural(name), clause: `${plural(name)} are ${text}`, isPlural };
  if (text.startsWith('the '))
    return { reference: `the ${name}`, clause: `the ${name} is ${text}`, isPlural };
  return { reference: `the ${name}`, clause: `${articleFor(name)} ${name} is ${text}`, isPlural };
}

/** Life dates, or words that say that it is over. */
export function isPast(synset: Synset): boolean {
  if (synset.field === 'person')
    return /\(\d{2,4}(?:\s?BC)?\s?-\s?\d{2,4}(?:\s?(?:BC|AD))?\)|\(died|\bcentury\b/.test(
      synset.raw,
    );
  if (synset.field === 'location') return /\b(?:BC|AD)\b/.test(synset.definition);
  return /\b(?:BC|ancient|former|formerly)\b/.test(synset.definition);
}

type Count = 'count' | 'mass' | 'definite' | 'plural' | 'unsure';

function countOf(name: string, { synset, definition, head }: Told): Count {
  const lower = name.toLowerCase();
  const last = lower.split(' ').at(-1) ?? lower;
  if (head && lower === head.word.toLowerCase() && head.countability !== 'name')
    return head.countability;
  if (last.endsWith('s') && !/(?:ss|us|is)$/.test(last)) return 'unsure';
  if (head && last === head.word.toLowerCase() && name.includes(' '))
    return head.countability === 'count' ? 'count' : 'mass';
  if (COUNTED_DISH.test(lower)) return 'count';
  if (isMassNoun(lower)) return 'mass';
  if (COUNTED.has(synset.field)) return isMassNoun(definition.head) ? 'unsure' : 'count';
  if (synset.field === 'substance' || (synset.field === 'food' && isMassDish(definition)))
    return 'mass';
  if (definition.text.startsWith('the ') && synset.field !== 'event')
    return isMassNoun(definition.head) ? 'mass' : 'unsure';
  const one = COUNTED_IF_ONE.has(synset.field) && /^an? /.test(definition.text);
  return one && !isMassNoun(definition.head) && !looksUncounted(name, synset) ? 'count' : 'unsure';
}

/** By the name alone: "a bun", "a loaf of bread". */
const COUNTED_DISH =
  /(?:^| |-)(?:bun|roll|loaf|cake|teacake|pancake|cookie|biscuit|sandwich|pie|tart|bagel|doughnut|cracker|muffin|waffle|dumpling|sausage|burger|hamburger|croissant|pretzel|breadstick|apple|pear|orange|lemon|banana|tomato|potato|carrot|onion|nut|bean|berry|egg|cup|glass|bottle|slice|piece)(?: of .+)?$/;

/** Drinks and doughs of which one has some, not several. */
function isMassDish({ head, text }: Definition): boolean {
  return (
    isMassNoun(head) ||
    /^(?:an? |the |any )?(?:[\w-]+ ){0,3}(?:beverage|drink|liquid|liquor|wine|cheese|sauce|sweetener|seasoning|spice|spread|syrup|alkaloid)\b/.test(
      text,
    )
  );
}

/** Drinks, dishes and disciplines are named without "a" although their definitions have one. */
function looksUncounted(name: string, { field, definition }: Synset): boolean {
  if (field === 'food')
    return !/^an? (?:[\w-]+ ){0,3}?(?:cake|cookie|bun|roll|loaf|sandwich|pie|pastry|biscuit|dumpling|sausage|fruit|nut|cup|piece|ball|slice|bean|meal)\b/.test(
      definition,
    );
  if (
    field === 'act' &&
    /^an? (?:[\w-]+ ){0,3}?(?:form|game|kind|style|type|sport|dance|version|art)\b/.test(definition)
  )
    return true;
  if (field === 'act')
    return (
      /^(?:the )?(?:\w+ )?(?:act|activity|practice|process) of/.test(definition) ||
      /(?:ball|hockey|golf|polo|chess|poker)$/.test(name)
    );
  return /^(?:an? )?(?:\w+ ){0,2}(?:theory|doctrine|branch|study|science|system|philosophy|style|genre|form|type|kind|variety|brand|field|school|discipline)\b/.test(
    definition,
  );
}

/** "a black tea is a tea that is black" says nothing; a definition of the same words neither. */
function isCircular(name: string, { text }: Definition): boolean {
  const words = new Set(text.toLowerCase().match(/[a-z-]{3,}/g) ?? []);
  const own: string[] = name.toLowerCase().match(/[a-z-]{3,}/g) ?? [];
  const fresh = [...words].filter(
    (word) =>
      !own.includes(word) && !/^(?:the|that|and|with|for|from|which|its|are|any)$/.test(word),
  );
  if (text.toLowerCase().startsWith(plural(name.toLowerCase()))) return true;
  return (
    fresh.length < 2 ||
    new RegExp(`^(?:the|an?|any) ${name.toLowerCase().replace(/[^a-z -]/g, '.')}\\b`).test(
      text.toLowerCase(),
    )
  );
}
