/** Longer words are not spoken to their end: nobody listens to a kilobyte of base64. In code points. */
export const LONGEST_SPOKEN_WORD = 60;

const LONGEST_READ = 1_000;

/**
 * What is to be said of each shown word, the same for every voice; '' where nothing is. Markup and the
 * commands of speech programs lose their signs and become plain words, an address is its host name, emoji
 * are skipped, and a dash between words becomes the comma that it sounds like.
 */
export function speakableWords(words: readonly string[]): string[] {
  const spoken: string[] = [];
  for (const word of words) {
    const form = speakable(word);
    if (form === '' && DASH.test(word)) pauseAfter(spoken);
    spoken.push(form);
  }
  return spoken;
}

/** Is there anything in the text that a voice can say? */
export function hasSpeech(text: string): boolean {
  return SAYS_SOMETHING.test(withoutEmoji(text));
}

/** Is the word so long that its end is not spoken? */
export function isCutShort(word: string): boolean {
  return Array.from(plainForm(word)).length > LONGEST_SPOKEN_WORD;
}

const SAYS_SOMETHING = /[\p{L}\p{N}]/u;
const DASH = /^[-‐‑‒–—―]+$/u;

function speakable(word: string): string {
  const short = Array.from(plainForm(word)).slice(0, LONGEST_SPOKEN_WORD).join('');
  // A symbol alone is a word ("50 %", "salt & pepper"), a mark alone is not.
  return SAYS_SOMETHING.test(short) || /^[%&+=@°§\p{Sc}]/u.test(short) ? short : '';
}

/** By the word's beginning: what follows is not spoken, and patterns must not walk through kilobytes. */
function plainForm(word: string): string {
  return withoutEmoji(hostOf(word.slice(0, LONGEST_READ)))
    .replaceAll(/[\uff01-\uffee]+/gu, (wide) => wide.normalize('NFKC'))
    .replaceAll(/[“”„«»‹›「」『』《》〈〉]/gu, '"')
    .replaceAll(/[‘’‚ʼ]/gu, "'")
    .replaceAll(/[<>{}[\]|\\^~_*`#\p{Cc}\p{Cf}\p{Co}\p{Cn}]+/gu, (signs) =>
      JOINERS.test(signs) ? signs : ' ',
    )
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** Zero-width joiner and non-joiner shape letters in Persian and Indic scripts. */
const JOINERS = /^[\u200c\u200d]+$/u;

function withoutEmoji(text: string): string {
  return text.replaceAll(
    /(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\ufe0f|\u20e3|\u200d(?=\p{Extended_Pictographic}))+/gu,
    ' ',
  );
}

function hostOf(word: string): string {
  const address =
    /(?:https?:\/\/|\bwww\.)(?:[^\s/@]*@)?(?:www\.)?(?<host>[^\s/?#:,;!"')]+)[^\s]*?(?<end>[.,;:!?)"'”’]*)$/iu.exec(
      word,
    );
  if (!address?.groups) return word;
  const { host = '', end = '' } = address.groups;
  return host.replace(/[.,;:!?)"'”’]+$/u, '') + end;
}

function pauseAfter(spoken: string[]): void {
  const last = spoken.findLastIndex((form) => form !== '');
  const before = spoken[last];
  if (before !== undefined && SAYS_SOMETHING.test(before.slice(-1))) spoken[last] = `${before},`;
}
