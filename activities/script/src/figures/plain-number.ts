/** A number as it is written in a text, and what it counts. */
export interface PlainNumber {
  value: number;
  /** "%", the sign of a currency, or words such as "billion tonnes"; empty for none. */
  unit: string;
}

const CURRENCY = /^[$€£¥₹]|[$€£¥₹]$/u;
const NUMBER =
  /^(?<digits>[+−-]?\d[\d.,\s'’]*)(?<tail>(?:\s*[%٪]|\s*[$€£¥₹]|\s+\p{L}.*|\p{L}.*)?)$/u;
const PERCENT =
  /^(?:[%٪]|percent|per cent|prozent|pour cent|por ciento|per cento|por cento|procent|процент\p{L}*)$/iu;
/** Beyond these a number could not be written again as it was. */
const MAX_DECIMALS = 2;
const MAX_DIGITS = 12;

/**
 * A text that is one number with its unit; undefined for anything else ("1 in 5", "3–4", "27/30", a date). Whether a
 * point groups digits or begins the decimals is up to the language, BCP 47. Pure.
 */
export function plainNumber(text: string, language: string): PlainNumber | undefined {
  const plain = text.trim();
  const sign = CURRENCY.exec(plain)?.[0] ?? '';
  const bare = sign === '' ? plain : plain.replace(sign, '').trim();
  const { digits = '', tail = '' } = NUMBER.exec(bare)?.groups ?? {};
  const value = valueOf(digits.trim(), language);
  const words = tail.trim();
  if (value === undefined || /[\p{N}/]/u.test(words)) return undefined;
  if (sign !== '' && words !== '') return undefined;
  return { value, unit: sign || (PERCENT.test(words) ? '%' : words) };
}

function valueOf(digits: string, language: string): number | undefined {
  const decimal = decimalMark(language);
  const grouped =
    /^[+−-]?\d{1,3}([.,\u00a0\u202f '’])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?$/u.test(digits);
  const mark = /[.,]/.exec(digits)?.[0];
  const single = /^[+−-]?\d+(?:[.,]\d+)?$/u.test(digits);
  if (!grouped && !single) return undefined;
  // "1.500" is a group where people write decimals with a comma, and a fraction where they write a point.
  const isGroup = grouped && !(single && mark === decimal);
  const groupMark = isGroup ? (/[.,\s'’]/u.exec(digits)?.[0] ?? '') : '';
  const plain = (groupMark === '' ? digits : digits.replaceAll(groupMark, ''))
    .replace(',', '.')
    .replace('−', '-');
  const [whole = '', decimals = ''] = plain.split('.');
  if (decimals.length > MAX_DECIMALS || whole.length > MAX_DIGITS) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

function decimalMark(language: string): string {
  try {
    const parts = new Intl.NumberFormat(language).formatToParts(1.5);
    return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  } catch {
    return '.';
  }
}
