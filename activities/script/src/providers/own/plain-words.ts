/**
 * The words of a text as they stand, in lines: composed (NFC), without what can be neither spoken nor drawn
 * (control, format and unassigned characters, halves of surrogate pairs), every run of white space as one
 * space. Joiners stay, which shape letters in Persian and Indic scripts.
 */
export function plainLines(text: string): string[] {
  return text
    .normalize('NFC')
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/gu, ' ').replaceAll(UNSEEN, '').trim())
    .filter((line) => line !== '');
}

/** The same in one line. */
export function plainWords(text: string): string {
  return plainLines(text).join(' ');
}

const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;
