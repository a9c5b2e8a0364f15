import { speakableWords } from './speakable.js';

/** What is sent to a voice that takes running text, and where each word stands in it. */
export interface SpokenText {
  text: string;
  /** The text's code points. */
  characters: readonly string[];
  /** Code points of each word without the marks around it; undefined where nothing of it is said. */
  places: readonly (Place | undefined)[];
}

export interface Place {
  from: number;
  /** The first one after it. */
  to: number;
}

/** Joins what is to be said of each word, without markup, as the words were written: glued or with a space. */
export function spokenText(words: readonly string[], glued: readonly boolean[] = []): SpokenText {
  const characters: string[] = [];
  const places = speakableWords(words).map((form, index) => {
    if (form === '') return undefined;
    if (characters.length > 0 && !glued[index]) characters.push(' ');
    const start = characters.length;
    const own = Array.from(form);
    characters.push(...own);
    const first = own.findIndex((character) => SOUNDS.test(character));
    if (first < 0) return undefined;
    const last = own.findLastIndex((character) => SOUNDS.test(character));
    return { from: start + first, to: start + last + 1 };
  });
  return { text: characters.join(''), characters, places };
}

const SOUNDS = /[\p{L}\p{M}\p{N}\p{Sc}%&+=@°§]/u;
