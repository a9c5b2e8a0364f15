const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\p{sc=Hiragana}\p{sc=Katakana}]/u, 'ja'],
  [/\p{sc=Hangul}/u, 'ko'],
  [/\p{sc=Han}/u, 'zh'],
  [/[іїєґ]/iu, 'uk'],
  [/\p{sc=Cyrillic}/u, 'ru'],
  [/\p{sc=Arabic}/u, 'ar'],
  [/\p{sc=Hebrew}/u, 'he'],
  [/\p{sc=Devanagari}/u, 'hi'],
];

/** Words that occur in nearly every text of a language and seldom in others. */
const COMMON: Readonly<Record<string, RegExp>> = {
  en: /\b(?:the|and|of|is|that|with|are|it)\b/giu,
  de: /\b(?:der|die|das|und|ist|nicht|ein|eine)\b/giu,
  fr: /\b(?:le|les|et|est|une|des|que|nous)\b/giu,
  es: /\b(?:el|los|las|y|es|una|que|del)\b/giu,
  pt: /\b(?:os|uma|não|é|que|do|da|um)\b/giu,
  it: /\b(?:il|gli|è|una|che|della|di|un)\b/giu,
  pl: /\b(?:i|nie|jest|się|że|na|do|to)\b/giu,
  tr: /\b(?:ve|bir|bu|için|daha|çok|ne)\b/giu,
};

/** ISO 639-1 of a text, by its letters and its commonest words; English where nothing tells. */
export function spokenLanguageOf(text: string): string {
  const script = SCRIPTS.find(([letters]) => letters.test(text));
  if (script) return script[1];
  const counts = Object.entries(COMMON).map(([language, words]) => ({
    language,
    count: text.match(words)?.length ?? 0,
  }));
  const best = counts.reduce((a, b) => (b.count > a.count ? b : a));
  return best.count === 0 ? 'en' : best.language;
}
