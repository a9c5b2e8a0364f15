/** Why a text is no BCP 47 tag of a language that there is, and which one would do. Undefined for such a tag. Pure. */
export function languageProblem(value: string): string | undefined {
  const language = languageIn(value);
  if (language !== undefined && isLanguage(language)) return undefined;
  const tag = tagNamed(value);
  if (tag !== undefined) return `must be a BCP 47 language tag: "${tag}" for ${nameOf(tag)}`;
  return 'must be a BCP 47 language tag such as "en-US"';
}

/** What people call the language of a tag in English; the tag itself where no name is known. Pure. */
export function nameOf(tag: string): string {
  return nameIn('en', tag) ?? tag;
}

function languageIn(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return undefined;
  }
}

/** Of two letters each has a name. Those of three are many, and few have one; longer ones are none but in form. */
function isLanguage(language: string): boolean {
  return language.length === 3 || (language.length === 2 && nameIn('en', language) !== undefined);
}

/** The tag of a language that is called so in English or by itself: "English", "Deutsch", "français". */
function tagNamed(name: string): string | undefined {
  namedTags ??= new Map(
    ['own', 'en'].flatMap((locale) =>
      twoLetters().map((tag): [string | undefined, string] => [
        nameIn(locale === 'own' ? tag : locale, tag)?.toLowerCase(),
        tag,
      ]),
    ),
  );
  return namedTags.get(name.trim().toLowerCase());
}

/** Made once it is needed: that takes some 40 ms. */
let namedTags: ReadonlyMap<string | undefined, string> | undefined;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('');

function twoLetters(): string[] {
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
}

function nameIn(locale: string, tag: string): string | undefined {
  return new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' }).of(tag);
}
