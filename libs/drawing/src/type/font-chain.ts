import type { FontFiles, FontSource, Typeface, Weight } from './font-files.js';
import { isCjk, notoStem, type Script } from './scripts.js';

export interface FontStyle {
  typeface: Typeface;
  weight: Weight;
}

/** Where a text's glyphs come from, in the order in which fonts are tried. */
export interface ChainRequest extends FontStyle {
  script: Script;
  /** BCP 47; Han characters look different in Chinese, Japanese and Korean. */
  language: string;
}

const WEIGHT_AXIS: Record<Weight, number> = { bold: 700, regular: 500 };
const WEIGHT_NAMES: Record<Weight, string[]> = {
  bold: ['bold', 'semibold', 'extrabold', 'regular'],
  regular: ['medium', 'regular', 'bold'],
};
const VARIABLE_SUFFIXES = [
  '[wght]',
  '[wdth,wght]',
  '-vf',
  '-variablefont_wght',
  '-variablefont_wdth,wght',
];
/** For signs that belong to no script: arrows, mathematics, dingbats. */
const SYMBOL_FAMILIES = [
  'notosans',
  'notosanssymbols',
  'notosanssymbols2',
  'notosansmath',
  'notomusic',
  'dejavusans',
];

/**
 * The user's own fonts first, then the shipped ones (Latin, Greek, Cyrillic), then the installed Noto
 * family of the script in the same or else the other typeface, then the symbol fonts.
 */
export function fontChain(files: FontFiles, request: ChainRequest): FontSource[] {
  const { typeface, weight, script } = request;
  const stem = notoStem(script);
  const own = files.own
    .toSorted(
      (a, b) => Number(b.bold === (weight === 'bold')) - Number(a.bold === (weight === 'bold')),
    )
    .map(({ file }) => ({ file, index: 0 }));
  const shipped = { file: files.shipped[typeface][weight], index: 0 };
  const families = stem === '' ? [] : scriptFamilies(typeface, stem);
  const byScript = families.flatMap((family) => installed(files, family, request));
  const symbols = SYMBOL_FAMILIES.flatMap((family) => installed(files, family, request));
  const cjk = isCjk(script) ? [] : installed(files, 'notosanscjk', request);
  return [
    ...own,
    ...(stem === '' ? [shipped] : []),
    ...byScript,
    shipped,
    ...symbols,
    ...cjk,
  ].filter((source, at, all) => all.findIndex((other) => sameSource(source, other)) === at);
}

export function sourceKey({ file, index, wght, stroke }: FontSource): string {
  return [file, index, wght ?? '', stroke ?? ''].join('#');
}

function sameSource(a: FontSource, b: FontSource): boolean {
  return sourceKey(a) === sourceKey(b);
}

function scriptFamilies(typeface: Typeface, stem: string): string[] {
  const name = stem.toLowerCase();
  const sans = `notosans${name}`;
  const serif = [`notoserif${name}`, ...(name === 'arabic' ? ['notonaskharabic'] : [])];
  return typeface === 'sans' ? [sans, ...serif] : [...serif, sans];
}

function installed(
  files: FontFiles,
  family: string,
  { weight, language }: ChainRequest,
): FontSource[] {
  const index = family.endsWith('cjk') ? cjkFaceIndex(language) : 0;
  for (const name of WEIGHT_NAMES[weight]) {
    const file = files.installed.get(`${family}-${name}`);
    if (file !== undefined) return [{ file, index, stroke: strokeOf(name, weight) }];
  }
  for (const suffix of VARIABLE_SUFFIXES) {
    const file = files.installed.get(`${family}${suffix}`);
    if (file !== undefined) return [{ file, index, wght: WEIGHT_AXIS[weight] }];
  }
  const plain = files.installed.get(family);
  return plain === undefined ? [] : [{ file: plain, index }];
}

/** A regular face beside the shipped semi-bold would look faint, and vanish on a phone. */
function strokeOf(name: string, weight: Weight): number {
  if (name !== 'regular') return 0;
  return weight === 'bold' ? 0.05 : 0.02;
}

/** Order of the faces in Noto's CJK collections: Japanese, Korean, Simplified, Traditional, Hong Kong. */
function cjkFaceIndex(language: string): number {
  if (/^ja\b/i.test(language)) return 0;
  if (/^ko\b/i.test(language)) return 1;
  if (/-hk\b|-mo\b|^yue\b/i.test(language)) return 4;
  if (/-tw\b|-hant\b/i.test(language)) return 3;
  return 2;
}
