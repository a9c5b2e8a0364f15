import type { Synset } from '../dictionary/synset.js';

/** The word that people know it by: persons by their full name, no Latin, no abbreviation where avoidable. */
export function nameOf(synset: Synset): string | undefined {
  const words = synset.words.filter((word) => word.length <= 34 && !isLatin(word, synset));
  if (isPersonByName(synset)) {
    return words.find((word) => word.includes(' ') && !/\b[A-Z]\./.test(word)) ?? words[0];
  }
  return words.find((word) => !/^[A-Z.\d-]{2,}$/.test(word) && !word.includes('.')) ?? words[0];
}

/** One person, not a sort of person: an instance, or somebody with life dates. */
function isPersonByName({ field, links, raw, words }: Synset): boolean {
  if (field !== 'person' || !/^\p{Lu}/u.test(words[0] ?? '')) return false;
  return (
    links.some(({ relation }) => relation === 'instance-of') || /\((?:born|died|\d{3,4})/.test(raw)
  );
}

function isLatin(word: string, { field, words, raw }: Synset): boolean {
  if (
    /^(?:genus|family|order|class|phylum|suborder|subfamily|subclass|superfamily|division|subdivision|kingdom|tribe)\b/i.test(
      word,
    )
  )
    return true;
  if (field !== 'animal' && field !== 'plant') return false;
  if (/^\p{Lu}\p{Ll}+ \p{Ll}+$/u.test(word) && words[0] !== word) return true;
  const isTaxon = words.some((other) => TAXON.test(other));
  return isTaxon || (/^\p{Lu}\p{Ll}+$/u.test(word) && TAXON_GLOSS.test(raw));
}

const TAXON = /^(?:genus|family|order|class|phylum|suborder|subfamily)\b/;
const TAXON_GLOSS =
  /\b(?:genus|family|order|suborder|subclass|superorder)\b|^(?:type|comprising|large|small|includ)/;

/** Named with a capital as one of its kind: no article, unless the name itself takes one. */
export function isProper(synset: Synset, name: string): boolean {
  if (isPersonByName(synset) || synset.links.some(({ relation }) => relation === 'instance-of'))
    return true;
  return (
    name
      .split(' ')
      .every((word) => /^[\p{Lu}\d]/u.test(word) || /^(?:of|the|and|de|la|von|van)$/.test(word)) &&
    /^\p{Lu}/u.test(name) &&
    ['location', 'object', 'group', 'event', 'communication', 'time'].includes(synset.field)
  );
}
