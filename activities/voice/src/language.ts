import { Failure } from '@aura/failure';

/** The canonical BCP 47 tag, "en-US" for an empty one. Errors: InvalidInput:language. */
export function canonicalLanguage(language: string): string {
  const tag = tagOf(language.trim().replaceAll('_', '-') || 'en-US');
  if (tag === undefined) {
    throw new Failure('InvalidInput:language', 'The language is not a BCP 47 tag such as "en-US".');
  }
  return tag;
}

/** "German" for "de-AT"; the tag itself where no name is known. */
export function languageName(language: string): string {
  const base = new Intl.Locale(language).language;
  return new Intl.DisplayNames('en', { type: 'language' }).of(base) ?? language;
}

export function sameLanguage(a: string, b: string): boolean {
  return new Intl.Locale(a).language === new Intl.Locale(b).language;
}

function tagOf(language: string): string | undefined {
  try {
    const tag = Intl.getCanonicalLocales(language)[0];
    return tag && new Intl.Locale(tag).language === 'und' ? undefined : tag;
  } catch {
    return undefined;
  }
}
