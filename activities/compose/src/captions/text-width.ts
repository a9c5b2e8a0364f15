import { charactersOf } from './plain-text.js';

/** How long a piece of text is, in both ways that a caption's line is limited. */
export interface TextWidth {
  /** Characters as a typesetter of captions counts them: a full-width character counts for two and a bit,
   * so that a line of 42 holds 20 of them. */
  units: number;
  /** Estimated width over the size of the font's em. */
  ems: number;
}

export const SPACE: TextWidth = { units: 1, ems: 0.26 };

const FULL_WIDTH =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

/** Advance widths of Noto Sans Regular, rounded up over each group. */
const GROUPS: [RegExp, number][] = [
  [/ /, SPACE.ems],
  [/[ijltfrI.,:;!|'’‘`()[\]{}/\\·іїj]/u, 0.35],
  [/[mwMW@%—…ЖШЩЮМжшщюмфы]/u, 0.93],
  [/\p{Lu}/u, 0.71],
  [/\p{Script=Arab}/u, 0.6],
  [/\p{Script=Thai}|\p{Script=Laoo}|\p{Script=Khmr}/u, 0.68],
  [/\p{Script=Deva}|\p{Script=Beng}|\p{Script=Taml}|\p{Script=Telu}/u, 0.72],
  [/[\p{Script=Latn}\p{Script=Grek}\p{Script=Hebr}\p{N}]/u, 0.6],
];
const OTHER_EMS = 0.65;
const FULL_WIDTH_UNITS = 2.1;

export function widthOf(text: string): TextWidth {
  let units = 0;
  let ems = 0;
  for (const character of charactersOf(text)) {
    const wide = FULL_WIDTH.test(character);
    units += wide ? FULL_WIDTH_UNITS : 1;
    ems += wide ? 1 : emsOf(character);
  }
  return { units, ems };
}

function emsOf(character: string): number {
  return GROUPS.find(([pattern]) => pattern.test(character))?.[1] ?? OTHER_EMS;
}

export function sumOf(a: TextWidth, b: TextWidth): TextWidth {
  return { units: a.units + b.units, ems: a.ems + b.ems };
}
