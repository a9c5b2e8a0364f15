/** The locales that searches may be made in, by the vendor's documentation. */
const LOCALES =
  'en-US pt-BR es-ES ca-ES de-DE it-IT fr-FR sv-SE id-ID pl-PL ja-JP zh-TW zh-CN ko-KR th-TH nl-NL hu-HU vi-VN ' +
  'cs-CZ da-DK fi-FI uk-UA el-GR ro-RO nb-NO sk-SK tr-TR ru-RU';

/** The one of a language, BCP 47; undefined where there is none, and the vendor guesses. Pure. */
export function pexelsLocale(language: string): string | undefined {
  const wanted = language.toLowerCase();
  const known = LOCALES.split(' ');
  const exact = known.find((locale) => locale.toLowerCase() === wanted);
  const [prefix] = wanted.split('-');
  return exact ?? known.find((locale) => locale.startsWith(`${prefix}-`));
}
