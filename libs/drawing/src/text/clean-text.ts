/** Longest text that any block of a card looks at, in UTF-16 units; nothing beyond it could be shown. */
const MAX_LENGTH = 1_200;
/** More marks than this on one letter (Thai, Tibetan and Vietnamese need three) are decoration that would hide other lines. */
const MAX_MARKS = 4;

/**
 * Text as it can be set: one paragraph, well-formed, composed (NFC), single spaces. Control characters,
 * bidirectional overrides, invisible format characters, lone surrogates and unassigned code points are
 * taken out; joiners stay, because Arabic and Indic spelling needs them. Markup is left as it is: no
 * text ever becomes SVG text, so it is shown literally. Non-breaking spaces keep their meaning.
 */
export function cleanText(text: string): string {
  return text
    .slice(0, MAX_LENGTH)
    .replace(/\p{Surrogate}/gu, '')
    .normalize('NFC')
    .replace(/[\u2028\u2029\u0085]|(?![\u00a0\u202f])\p{Zs}|\p{Cc}/gu, ' ')
    .replace(/[\u115f\u1160\u3164\uffa0\u2800]/g, ' ')
    .replace(/\u200b/g, '')
    .replace(/(?![\u200c\u200d])[\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replace(/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, '')
    .replace(new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu'), '$1')
    .replace(/(^|\s)\p{M}+/gu, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** What a reader takes for one character, in order. */
export function graphemesOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** Code points as strings. */
export function charactersOf(text: string): string[] {
  return Array.from(text);
}

/** The first `limit` graphemes, ended with "…" after a whole word where something was left out. */
export function shorten(text: string, limit: number): string {
  let count = 0;
  let cut = '';
  for (const { segment, index } of graphemes.segment(text)) {
    if (count++ < limit) continue;
    cut = text.slice(0, index);
    if (segment === ' ') return ended(cut);
    break;
  }
  if (cut === '') return text;
  const lastSpace = cut.lastIndexOf(' ');
  return ended(lastSpace > cut.length / 2 ? cut.slice(0, lastSpace) : cut);
}

function ended(text: string): string {
  return `${text.replace(/[\s\p{P}]+$/u, '')}…`;
}
