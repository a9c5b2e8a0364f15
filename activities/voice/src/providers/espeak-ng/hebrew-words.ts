const PATAH = 'ַ';
const HIRIQ = 'ִ';
const HOLAM = 'ֹ';
const POINTS = /[\u05b0-\u05bc\u05c1\u05c2\u05c7]/u;
const LETTER = /[\u05d0-\u05ea]/u;
/** Spoken as a vowel where they stand behind a consonant. */
const VOWEL_LETTERS = new Set(['ו', 'י']);

/**
 * Hebrew words with vowel points, everything else as it was. Hebrew is written without most of its vowels, which
 * espeak-ng leaves out; without a dictionary they can only be guessed. The guess is the most frequent one: vav is an o,
 * yod an i, and between two consonants stands an a. Words that bring points of their own stay as they are. Pure.
 */
export function hebrewWords(forms: readonly string[]): string[] {
  return forms.map((form) =>
    POINTS.test(form) ? form : form.replaceAll(/[\u05d0-\u05ea]{2,}/gu, pointed),
  );
}

function pointed(word: string): string {
  const letters = Array.from(word);
  return letters
    .map((letter, at) => {
      const next = letters[at + 1];
      const isVowel = at > 0 && VOWEL_LETTERS.has(letter) && !isVowelAt(letters, at - 1);
      if (isVowel && letter === 'ו') return next === undefined ? `${letter}ּ` : letter + HOLAM;
      if (isVowel || next === undefined || !LETTER.test(next)) return letter;
      if (next === 'ו') return letter;
      return letter + (next === 'י' ? HIRIQ : PATAH);
    })
    .join('');
}

/** Whether the letter at a place was taken for a vowel itself. */
function isVowelAt(letters: readonly string[], at: number): boolean {
  return at > 0 && VOWEL_LETTERS.has(letters[at] ?? '') && !isVowelAt(letters, at - 1);
}
