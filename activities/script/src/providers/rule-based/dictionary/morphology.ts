/** WordNet's own rules of detachment for nouns (see morphy(7WN)), the most specific first. */
const ENDINGS: [ending: string, base: string][] = [
  ['ches', 'ch'],
  ['shes', 'sh'],
  ['sses', 'ss'],
  ['ses', 's'],
  ['xes', 'x'],
  ['zes', 'z'],
  ['ies', 'y'],
  ['men', 'man'],
  ['oes', 'o'],
  ['ves', 'f'],
  ['ves', 'fe'],
  ['es', 'e'],
  ['s', ''],
];

/** Forms that a noun may be the plural of, the word itself first. */
export function possibleBases(word: string): string[] {
  const found = [word];
  if (word.length < 3) return found;
  for (const [ending, base] of ENDINGS) {
    if (word.endsWith(ending) && !word.endsWith('ss') && word.length > ending.length + 1) {
      found.push(word.slice(0, -ending.length) + base);
    }
  }
  return [...new Set(found)];
}
