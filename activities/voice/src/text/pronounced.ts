/**
 * The words with what is to be said in place of some of them. Case and the marks around a word do not count,
 * and the marks stay: they shape the sentence. `pronunciations` are by the word in lower case.
 */
export function pronounced(
  words: readonly string[],
  pronunciations: ReadonlyMap<string, string>,
): string[] {
  if (pronunciations.size === 0) return [...words];
  return words.map((word) => {
    const whole = pronunciations.get(word.toLowerCase());
    if (whole !== undefined) return whole;
    const { before = '', core = '', after = '' } = MARKED.exec(word)?.groups ?? {};
    const spoken = core === '' ? undefined : pronunciations.get(core.toLowerCase());
    return spoken === undefined ? word : before + spoken + after;
  });
}

const MARKED = /^(?<before>[^\p{L}\p{N}]*)(?<core>.*?)(?<after>(?:['’]s)?[^\p{L}\p{N}]*)$/su;
