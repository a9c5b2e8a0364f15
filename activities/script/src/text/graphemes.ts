const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What readers see as characters: a letter with its marks is one. */
export function graphemes(text: string): string[] {
  if (/^[\u0020-\u007e]*$/.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

export function lengthOf(text: string): number {
  return graphemes(text).length;
}
