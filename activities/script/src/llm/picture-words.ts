/** Longest description that picture services read to the end. */
export const MAX_VISUAL_PROMPT = 400;
const MAX_KEYWORD = 40;
const MAX_KEYWORDS = 8;

/**
 * A description of a picture as plain words. What picture programs would take as an order is left out:
 * addresses, file names, embedded networks (`<lora:…>`), wildcards, weights, brackets, command line options.
 */
export function picturePrompt(text: string): string {
  const plain = plainWords(text);
  return plain.length <= MAX_VISUAL_PROMPT
    ? plain
    : plain.slice(0, MAX_VISUAL_PROMPT).replace(/\s+\S*$/u, '');
}

/** Search words as plain words, each once. */
export function pictureKeywords(words: readonly string[]): string[] {
  const plain = words
    .map((word) => plainWords(word).slice(0, MAX_KEYWORD).trim())
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  return [...new Map(plain.map((word) => [word.toLowerCase(), word])).values()].slice(
    0,
    MAX_KEYWORDS,
  );
}

function plainWords(text: string): string {
  return text
    .slice(0, 4_000)
    .normalize('NFC')
    .replace(/<[^<>]{0,300}>/gu, ' ')
    .replace(/\b(?:[a-z][a-z0-9+.-]{1,20}:\/\/|data:|file:|javascript:|www\.)\S{0,2000}/giu, ' ')
    .replace(/(?:[a-z]:)?(?:\.{0,2}[\\/][\w.@~-]{1,100}){2,}/giu, ' ')
    .replace(
      /\b[\w-]{1,80}\.(?:png|jpe?g|webp|gif|svg|mp4|mov|webm|safetensors|ckpt|pt|json|ya?ml|sh|exe|py|js)\b/giu,
      ' ',
    )
    .replace(/(?:^|\s)--[a-z][\w-]{0,30}(?:[ =]\S{1,40})?/giu, ' ')
    .replace(/__[\w/*-]{1,60}__/gu, ' ')
    .replace(/\b(?:embedding|lora|hypernet|style):\S{1,80}/giu, ' ')
    .replace(/:\s*\d+(?:\.\d+)?(?=\s*\))/gu, '')
    .replace(/[[\](){}<>|\\`*_^~#$;=]+/gu, ' ')
    .replace(/\b(?:BREAK|AND|ADDCOMM|ADDROW|ADDCOL|ADDBASE)\b/gu, (word) => word.toLowerCase())
    .replace(/[\p{C}\p{Extended_Pictographic}]/gu, ' ')
    .replace(/\s+([,.])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
