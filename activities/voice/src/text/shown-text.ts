/**
 * A narration as it is shown: its words as they were written, without what no screen can show (control
 * characters, halves of surrogate pairs, marks that turn the direction of writing), every run of white
 * space as one space, lines kept apart. Zero-width joiners stay: Persian, Indic scripts and emoji need them.
 */
export function shownText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replaceAll(INVISIBLE, '')
    .replaceAll(/[^\S\n]+/gu, ' ')
    .replaceAll(/ ?\n[ \n]*/gu, '\n')
    .trim();
}

/** All control, format and surrogate characters but line breaks and the joiners. */
const INVISIBLE = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\ufffd]/gu;
