import { charactersOf } from './plain-text.js';

/** Pictographs that are drawn in colour: those that are so by themselves, and signs that ask for it. */
const ANYWHERE = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[#*0-9]\ufe0f?\u20e3/u;
const EMOJI = new RegExp(`^(?:${ANYWHERE.source})`, 'u');
/** A pictograph that asks to be drawn as a letter. */
const AS_TEXT = /^\p{Extended_Pictographic}\ufe0e/u;

/** Whether a character, as a reader takes it, is a picture. */
export function isEmoji(character: string): boolean {
  return EMOJI.test(character) && !AS_TEXT.test(character);
}

export function emojiOf(line: string): string[] {
  return charactersOf(line).filter(isEmoji);
}

/** Also of text that nobody has bounded: it is not split into characters, which costs the square of its length. */
export function hasEmoji(captions: readonly { lines: readonly string[] }[]): boolean {
  return captions.some(({ lines }) => lines.some((line) => ANYWHERE.test(line)));
}

/** Without pictographs, for what cannot draw them: a box says less than nothing. */
export function withoutEmoji(text: string): string {
  return charactersOf(text)
    .filter((character) => !isEmoji(character))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Room for a pictograph in a line, in whole pixels: libass is given a drawing of this size in its place. */
export interface EmojiBox {
  widthPx: number;
  heightPx: number;
  /** How far it hangs below the line that letters stand on. */
  dropPx: number;
}

export function emojiBox(emPx: number): EmojiBox {
  const heightPx = Math.max(2, Math.round(emPx * 1.05));
  return { widthPx: Math.round(emPx * 1.2), heightPx, dropPx: Math.round(emPx * 0.2) };
}
