/** A writing system with the font that draws it and how its lines are measured. */
export interface FontChoice {
  family: string;
  /**
   * Height of a line over the height of an em (OS/2 winAscent + winDescent over unitsPerEm of the font).
   * libass takes a font size for the height of a line, so an equal size would draw Arabic a third smaller.
   */
  lineHeight: number;
  /** How much larger its letters are drawn, where they are small within their em. */
  enlarged?: number;
}

export const DEFAULT_FONT: FontChoice = { family: 'Noto Sans', lineHeight: 1.362 };

const CJK_LINE_HEIGHT = 1.448;

/** ISO 15924 code → font. Latin, Greek and Cyrillic have the default font. */
const FONTS: Record<string, FontChoice> = {
  Arab: { family: 'Noto Naskh Arabic', lineHeight: 1.703, enlarged: 1.12 },
  Hebr: { family: 'Noto Sans Hebrew', lineHeight: 1.36 },
  Deva: { family: 'Noto Sans Devanagari', lineHeight: 1.304 },
  Beng: { family: 'Noto Sans Bengali', lineHeight: 1.325 },
  Guru: { family: 'Noto Sans Gurmukhi', lineHeight: 1.304 },
  Gujr: { family: 'Noto Sans Gujarati', lineHeight: 1.304 },
  Taml: { family: 'Noto Sans Tamil', lineHeight: 1.24 },
  Telu: { family: 'Noto Sans Telugu', lineHeight: 1.352 },
  Knda: { family: 'Noto Sans Kannada', lineHeight: 1.349 },
  Mlym: { family: 'Noto Sans Malayalam', lineHeight: 1.247 },
  Sinh: { family: 'Noto Sans Sinhala', lineHeight: 1.304 },
  Thai: { family: 'Noto Sans Thai', lineHeight: 1.511 },
  Laoo: { family: 'Noto Sans Lao', lineHeight: 1.645 },
  Khmr: { family: 'Noto Sans Khmer', lineHeight: 1.362 },
  Mymr: { family: 'Noto Sans Myanmar', lineHeight: 2.184 },
  Geor: { family: 'Noto Sans Georgian', lineHeight: 1.36 },
  Armn: { family: 'Noto Sans Armenian', lineHeight: 1.36 },
  Ethi: { family: 'Noto Sans Ethiopic', lineHeight: 1.362 },
  Jpan: { family: 'Noto Sans CJK JP', lineHeight: CJK_LINE_HEIGHT },
  Kore: { family: 'Noto Sans CJK KR', lineHeight: CJK_LINE_HEIGHT },
  Hans: { family: 'Noto Sans CJK SC', lineHeight: CJK_LINE_HEIGHT },
  Hant: { family: 'Noto Sans CJK TC', lineHeight: CJK_LINE_HEIGHT },
};

const HAN_STYLES = ['Jpan', 'Kore', 'Hans', 'Hant'];

const PATTERNS = Object.keys(FONTS)
  .filter((script) => !HAN_STYLES.includes(script))
  .map((script) => ({ script, pattern: new RegExp(`\\p{Script=${script}}`, 'u') }));

const ALPHABET = /\p{Script=Latn}|\p{Script=Grek}|\p{Script=Cyrl}/u;
const HAN = /\p{Script=Hani}|\p{Script=Bopo}/u;
const KANA = /\p{Script=Hira}|\p{Script=Kana}/u;
const HANGUL = /\p{Script=Hang}/u;

/**
 * The script of one character as a key for `fontOf`, or undefined where it belongs to all of them.
 * Han characters look different in China, Taiwan, Japan and Korea: there the language decides.
 */
export function scriptOf(character: string, language: string): string | undefined {
  if (ALPHABET.test(character)) return 'Latn';
  if (KANA.test(character)) return 'Jpan';
  if (HANGUL.test(character)) return 'Kore';
  if (HAN.test(character)) return hanStyleOf(language);
  return PATTERNS.find(({ pattern }) => pattern.test(character))?.script;
}

export function fontOf(script: string | undefined): FontChoice {
  return (script === undefined ? undefined : FONTS[script]) ?? DEFAULT_FONT;
}

/** Whether characters of this script fill a square, as Chinese, Japanese and Korean ones do. */
export function isFullWidth(script: string | undefined): boolean {
  return script !== undefined && HAN_STYLES.includes(script);
}

/** The script that most of a text is written in; the language's own where the text has no letters. */
export function mainScriptOf(text: string, language: string): string {
  const counts = new Map<string, number>();
  for (const character of text.slice(0, 2_000)) {
    const script = scriptOf(character, language);
    if (script !== undefined) counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most?.[0] ?? scriptOfLanguage(language);
}

function hanStyleOf(language: string): string {
  const script = scriptOfLanguage(language);
  return HAN_STYLES.includes(script) ? script : 'Hans';
}

function scriptOfLanguage(language: string): string {
  try {
    return new Intl.Locale(language).maximize().script ?? 'Latn';
  } catch {
    return 'Latn';
  }
}
