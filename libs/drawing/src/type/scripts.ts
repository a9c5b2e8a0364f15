/**
 * Scripts that a card can show, by Unicode name, with the stem of the Noto family that draws each.
 * Chinese, Japanese and Korean share one family, whose face is chosen by language.
 */
const NOTO_STEMS = {
  Latin: '',
  Greek: '',
  Cyrillic: '',
  Arabic: 'Arabic',
  Hebrew: 'Hebrew',
  Devanagari: 'Devanagari',
  Thai: 'Thai',
  Han: 'CJK',
  Hiragana: 'CJK',
  Katakana: 'CJK',
  Hangul: 'CJK',
  Bopomofo: 'CJK',
  Bengali: 'Bengali',
  Tamil: 'Tamil',
  Telugu: 'Telugu',
  Kannada: 'Kannada',
  Malayalam: 'Malayalam',
  Gujarati: 'Gujarati',
  Gurmukhi: 'Gurmukhi',
  Oriya: 'Oriya',
  Sinhala: 'Sinhala',
  Armenian: 'Armenian',
  Georgian: 'Georgian',
  Ethiopic: 'Ethiopic',
  Khmer: 'Khmer',
  Lao: 'Lao',
  Myanmar: 'Myanmar',
  Tibetan: 'Tibetan',
  Mongolian: 'Mongolian',
  Syriac: 'Syriac',
  Thaana: 'Thaana',
  Cherokee: 'Cherokee',
  Canadian_Aboriginal: 'CanadianAboriginal',
  Tifinagh: 'Tifinagh',
  Nko: 'NKo',
  Adlam: 'Adlam',
  Vai: 'Vai',
  Yi: 'Yi',
  Javanese: 'Javanese',
  Balinese: 'Balinese',
  Sundanese: 'Sundanese',
  Ol_Chiki: 'OlChiki',
  Meetei_Mayek: 'MeeteiMayek',
  Lisu: 'Lisu',
  Osage: 'Osage',
  Runic: 'Runic',
  Gothic: 'Gothic',
  Coptic: 'Coptic',
} as const;

export type Script = keyof typeof NOTO_STEMS | 'Common';

const MATCHERS = (Object.keys(NOTO_STEMS) as (keyof typeof NOTO_STEMS)[]).map(
  (script) => [script, new RegExp(`^\\p{Script=${script}}`, 'u')] as const,
);

/** The script of a grapheme's first character; digits, punctuation, symbols and unknown scripts are `Common`. */
export function scriptOf(grapheme: string): Script {
  const code = grapheme.codePointAt(0) ?? 0;
  if (code < 0x80) return isAsciiLetter(code) ? 'Latin' : 'Common';
  return MATCHERS.find(([, matcher]) => matcher.test(grapheme))?.[0] ?? 'Common';
}

/** The part of a Noto family's name that names the script: "" for Latin, Greek, Cyrillic and what all share. */
export function notoStem(script: Script): string {
  return script === 'Common' ? '' : NOTO_STEMS[script];
}

export function isCjk(script: Script): boolean {
  return notoStem(script) === 'CJK';
}

/** Scripts whose words are written without spaces, so that line breaks come from a dictionary or from anywhere. */
export function isSpaceless(script: Script): boolean {
  return (isCjk(script) && script !== 'Hangul') || /^(Thai|Lao|Khmer|Myanmar)$/.test(script);
}

/** Scripts of separate letters, which may be set a little closer at large sizes; joined ones must not. */
export function mayTrack(script: Script): boolean {
  return notoStem(script) === '' || script === 'Armenian';
}

const RTL_LANGUAGES = /^(ar|he|iw|fa|ur|yi|ps|sd|ug|dv|ckb|syr|nqo|ff-adlm)\b/i;

/** Whether pages in this language (BCP 47) begin at the right edge. */
export function isRightToLeft(language: string): boolean {
  return RTL_LANGUAGES.test(language) || /-(arab|hebr|thaa|adlm|nkoo)\b/i.test(language);
}

function isAsciiLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
