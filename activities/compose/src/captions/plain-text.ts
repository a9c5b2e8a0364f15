const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

// eslint-disable-next-line no-control-regex -- removing them is the purpose
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
/** Format characters that reorder or hide text, halves of surrogate pairs, private use. */
const UNSEEN =
  /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff]|\p{Cs}|\p{Co}/gu;

/** The longest legitimate clusters (family emoji, stacked Indic signs) stay below this. */
const MAX_CODE_POINTS_PER_CHARACTER = 12;

/** Longer than any word; splitting text into characters costs the square of its length in memory. */
const MAX_CODE_UNITS = 2_000;

/**
 * One word as it may be shown: composed, without control and direction characters, and no character
 * heavier than any real one (a thousand stacked accents cost libass gigabytes, X6).
 */
export function shownText(text: string): string {
  const composed = text
    .slice(0, MAX_CODE_UNITS)
    .normalize('NFC')
    .replace(CONTROLS, ' ')
    .replace(UNSEEN, '')
    .replace(/\s+/g, ' ')
    .trim();
  return charactersOf(composed)
    .map((character) => Array.from(character).slice(0, MAX_CODE_POINTS_PER_CHARACTER).join(''))
    .join('');
}

/** What a reader takes for one character each. */
export function charactersOf(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}
