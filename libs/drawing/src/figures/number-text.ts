/** How the numbers of a figure are written: alike, so that they can be compared. */
export interface NumberStyle {
  /** BCP 47. */
  language: string;
  /** "%" and signs of currencies are written with the number, as the language has them; other units stand elsewhere. */
  unit: string;
  /** Numbers from a million on are written "8.1 billion" or "8.1B". */
  compact: 'long' | 'short';
  /** All numbers of the figure: they decide how many decimals there are. */
  values: readonly number[];
  /** Whether thousands are grouped; as the values suggest unless given. */
  isGrouped?: boolean;
}

const CURRENCIES: Record<string, string> = {
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '₹': 'INR',
  USD: 'USD',
  EUR: 'EUR',
  GBP: 'GBP',
  JPY: 'JPY',
  CHF: 'CHF',
  INR: 'INR',
};
const COMPACT_FROM = 1_000_000;
const MAX_DECIMALS = 2;
const GROUPED_FROM = 10_000;

/** A number as people of the language write it. Thousands are grouped where one of the numbers has five digits, so that years are not. */
export function numberText(value: number, style: NumberStyle): string {
  const isCompact = style.values.some((one) => Math.abs(one) >= COMPACT_FROM);
  const decimals = isCompact ? MAX_DECIMALS : decimalsOf(style.values);
  const currency = CURRENCIES[style.unit];
  const options: Intl.NumberFormatOptions = {
    minimumFractionDigits: isCompact ? 0 : decimals,
    maximumFractionDigits: decimals,
    useGrouping: style.isGrouped ?? style.values.some((one) => Math.abs(one) >= GROUPED_FROM),
    ...(isCompact ? { notation: 'compact', compactDisplay: style.compact } : {}),
    ...(style.unit === '%' ? { style: 'unit', unit: 'percent' } : {}),
    ...(currency ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } : {}),
  };
  return new Intl.NumberFormat(knownLanguage(style.language), options).format(value);
}

/** As many as the number with most of them has, at most two. */
function decimalsOf(values: readonly number[]): number {
  const needed = values.map((value) => {
    const [, decimals = ''] = Math.abs(value).toFixed(MAX_DECIMALS).split('.');
    return decimals.replace(/0+$/, '').length;
  });
  return Math.max(0, ...needed);
}

function knownLanguage(language: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
