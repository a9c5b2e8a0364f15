/** Longest word that a voice can read and a card can hold; longer ones are no words. */
const MAX_WORD = 60;
/** Scripts that are written without spaces, where a run of characters is not one word. */
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * Text as it can be spoken and drawn: composed (NFC), without control, format and unassigned characters,
 * emoji, markup and links. Line breaks stay, since they carry the outline. Linear in the text's length.
 */
export function cleanText(raw: string): string {
  return withoutMarkup(
    raw
      .normalize('NFC')
      .replace(/\r\n?|\u0085|\u2028/g, '\n')
      .replace(/\u2029|\f|\v/g, '\n\n')
      .replace(/(\p{M}{3})\p{M}+/gu, '$1')
      .replace(/\t/g, '  ')
      .replace(/\p{Zs}/gu, ' ')
      .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/gu, (sign) =>
        /[©®™\d#*↔↕▪▫]/u.test(sign) ? sign : ' ',
      )
      .replace(
        /\p{Variation_Selector}|\u20e3|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu,
        '',
      )
      .replace(/(?<![\p{L}\p{M}])[\u200c\u200d]+|[\u200c\u200d]+(?![\p{L}\p{M}])/gu, '')
      .replace(/(?!\n|[\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, ' '),
  )
    .split('\n')
    .map(cleanLine)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\s+$/g, '');
}

/** Whether anything can be read aloud. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function withoutMarkup(text: string): string {
  return text
    .replace(/<(script|style)\b[^>]{0,2000}>[\s\S]{0,4000}?<\/\1>/gi, ' ')
    .replace(/<br\s*\/?>|<\/(?:p|div|li|h[1-6]|tr)>/gi, '\n')
    .replace(/<!--[\s\S]{0,2000}?-->|<\/?[a-z][^<>]{0,2000}>/gi, ' ')
    .replace(/&(amp|lt|gt|quot|apos|nbsp|#39);/g, (_all, name: string) => ENTITIES[name] ?? ' ')
    .replace(/^ {0,3}(?:```|~~~).*$/gm, '')
    .replace(/!\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)/g, ' ')
    .replace(/\[([^\]\n]{1,300})\]\([^)\n]{0,2000}\)/g, '$1')
    .replace(/(?:https?|ftp):\/\/[^\s<>"]{1,2000}|\bwww\.[^\s<>"]{1,2000}/gi, ' ')
    .replace(/(\*\*|__|~~|`)(?=\S)([^\n]{1,500}?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*])[*_](?=\S)([^*_\n]{1,300})(?<=\S)[*_](?![\p{L}\p{N}*])/gu, '$1')
    .replace(/^ {0,3}(?:[-*_] ?){3,}$/gm, '');
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  nbsp: ' ',
};

/** Spaces before the first word stay: they tell sub-points from points. */
function cleanLine(line: string): string {
  const indent = /^ {1,12}/.exec(line)?.[0] ?? '';
  const words = line
    .replace(/([!?。！？…,;:])\1{2,}/gu, '$1')
    .replace(/\.{4,}/g, '…')
    .replace(/([^\p{L}\p{N}\s.])\1{3,}/gu, '$1')
    .split(/ +/)
    .filter((word) => word.length <= MAX_WORD || SPACELESS.test(word))
    .join(' ')
    .trim();
  return words === '' ? '' : indent + words;
}
