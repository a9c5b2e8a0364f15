/** Words that a text quotes, and who said them where it says so. */
export interface Quotation {
  words: string;
  source: string;
}

const MARKS = /[“„«「『"]\s?([^“”„«»「」『』"]{12,180}?)\s?[”“»」』"]/u;
const SAID = String.raw`(?:said|says|wrote|writes|asked|noted|explained|observed|remarked|replied|sagte|sagt|schrieb|dit|disait|écrivait|dijo|escribió|disse|scrisse|escreveu|zei|schreef|сказал[а]?|писал[а]?)`;
const NAME = String.raw`(\p{Lu}[\p{L}.'’-]+(?:\s+(?:(?:de|da|van|von|der|la|le|du)\s+)?\p{Lu}[\p{L}.'’-]+){0,3})`;

/** A quotation of at least four words that makes up much of the text. */
export function quotationIn(text: string): Quotation | undefined {
  const match = MARKS.exec(text);
  const words = match?.[1]?.trim().replace(/[,;]$/u, '') ?? '';
  const isLong =
    words.split(/\s+/).length >= 4 || /[\p{Script=Han}\p{Script=Hiragana}]{8,}/u.test(words);
  if (!match || !isLong || words.length * 2.2 < text.length - 40) return undefined;
  const around = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
  const patterns = [
    `${SAID}\\s+${NAME}`,
    `${NAME}\\s+(?:once\\s+)?${SAID}`,
    `[—–-]\\s*${NAME}`,
    `(?:according to|laut|selon|según|secondo|segundo|volgens)\\s+${NAME}`,
  ];
  const source =
    patterns.map((pattern) => new RegExp(pattern, 'u').exec(around)?.[1]).find(Boolean) ?? '';
  return { words, source: source.replace(/[.,]+$/, '').slice(0, 40) };
}

/** Three to six short items after a colon or "such as": what a list card shows. */
export function listIn(text: string): string[] {
  const part =
    /[:：]\s*([^:：]+)$/u.exec(text)?.[1] ??
    /\b(?:such as|including|namely)\s+([^.;:]+)/i.exec(text)?.[1];
  if (!part) return [];
  const items = part
    .replace(/[.。।!?！？]+$/u, '')
    .split(
      /[,、，،;；]\s*(?:(?:and|or|und|oder|et|ou|y|o|e|ed|i|и|или|en|of|ve|و)\s+)?|\s+(?:and|or|und|oder|et|ou|y|e|ed|и|или|en|ve|και|और)\s+/u,
    )
    .map((item) => item.trim())
    .filter(Boolean);
  const areShort = items.every((item) => item.length <= 36 && item.split(/\s+/).length <= 5);
  return items.length >= 3 && items.length <= 8 && areShort ? items.slice(0, 6) : [];
}
