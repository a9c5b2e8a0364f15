import { FONTS_CHECK, type Check } from '@aura/proto';
import { findFontFiles, type FontFiles } from './font-files.js';
import { notoStem, type Script } from './scripts.js';

/** Writings that films are often asked for in, beyond Latin, Greek and Cyrillic, whose fonts are shipped. */
const COMMON: Script[] = [
  ['Arabic', 'Hebrew', 'Devanagari', 'Bengali', 'Tamil', 'Telugu'],
  ['Thai', 'Han', 'Hangul', 'Hiragana', 'Georgian', 'Armenian', 'Ethiopic', 'Khmer'],
].flat() as Script[];

/**
 * Which writings this machine has fonts for. None of them is needed by every film, so none is a fault. Fonts are looked
 * for once: those that are installed later are seen after the next start.
 */
export async function fontsCheck(ownFolder?: string): Promise<Check> {
  const key = ownFolder ?? '';
  const files = found.get(key) ?? findFontFiles(ownFolder);
  found.set(key, files);
  return { name: FONTS_CHECK, status: 'Healthy', detail: fontsDetail(await files) };
}

const found = new Map<string, Promise<FontFiles>>();

/** Pure. */
export function fontsDetail({ own, installed }: FontFiles): string {
  const families = [...installed.keys()];
  const has = (script: Script) => {
    const stem = notoStem(script).toLowerCase();
    return families.some((family) => new RegExp(`^noto(sans|serif|naskh)${stem}`).test(family));
  };
  const lacking = COMMON.filter((script) => !has(script));
  const named = COMMON.filter(has);
  return [
    `Latin, Greek, Cyrillic${named.length > 0 ? `, ${named.join(', ')}` : ''}`,
    ...(own.length > 0 ? [`${own.length} files of your own`] : []),
    ...(lacking.length > 0 ? [`none installed for ${lacking.join(', ')}`] : []),
  ].join('; ');
}
