import type { Tokenizer } from 'lindera-wasm-nodejs-ipadic';

/**
 * Japanese words as the katakana in which they are pronounced (東京 → トーキョー, the particle は → ワ), from a
 * morphological analyser with the IPADIC dictionary; everything else as it was. A word that the
 * dictionary reads together with the one before it becomes ''.
 */
export async function kanaWords(forms: readonly string[]): Promise<string[]> {
  const tokenizer = await loadTokenizer();
  const starts = byteStarts(forms);
  const words = forms.map(() => '');
  for (const token of tokenizer.tokenize(forms.join('')) as Token[]) {
    const owner = starts.findLastIndex((start) => start <= token.byteStart);
    if (owner >= 0) words[owner] += readingOf(token);
  }
  return words.map((word) => word.trim());
}

/** What the analyser says of a word, as far as it is used. Unknown words have no pronunciation. */
interface Token {
  surface: string;
  byteStart: number;
  pronunciation?: string;
}

function readingOf({ surface, pronunciation }: Token): string {
  const marks: Readonly<Record<string, string>> = { '。': '. ', '、': ', ', '…': ', ', '・': ' ' };
  const mark = marks[surface];
  if (mark !== undefined) return mark;
  return pronunciation && pronunciation !== '*' ? pronunciation : surface;
}

/** Where each form begins in their UTF-8 concatenation. Empty forms begin nowhere. */
function byteStarts(forms: readonly string[]): number[] {
  let at = 0;
  return forms.map((form) => {
    const start = form === '' ? Infinity : at;
    at += Buffer.byteLength(form);
    return start;
  });
}

let tokenizer: Promise<Tokenizer> | undefined;

/** Loaded with the first Japanese sentence (0.2 s, 120 MB) and kept. */
function loadTokenizer(): Promise<Tokenizer> {
  tokenizer ??= import('lindera-wasm-nodejs-ipadic').then(({ TokenizerBuilder }) => {
    const builder = new TokenizerBuilder();
    builder.setDictionary('embedded://ipadic');
    builder.setMode('normal');
    return builder.build();
  });
  return tokenizer;
}
