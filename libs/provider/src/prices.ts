/** What one call used up. Leave out what the call has nothing of. */
export interface Usage {
  inputTokens?: number;
  /** Those of `inputTokens` that the vendor had in its cache. */
  cachedInputTokens?: number;
  outputTokens?: number;
  /** Characters of text to speak, as the vendor counts them. */
  characters?: number;
  pictures?: number;
  /** Seconds of speech or film that came back. */
  seconds?: number;
  /** Worked out here, since the vendor does not say it. */
  isEstimate?: boolean;
}

/** US dollars per piece. Tokens and characters by the million. */
export interface Price {
  vendor: string;
  /** A model, or with a variant behind a slash: `gpt-image-1/1024x1024/medium`. */
  model: string;
  inputPerMillion?: number;
  cachedInputPerMillion?: number;
  outputPerMillion?: number;
  charactersPerMillion?: number;
  perPicture?: number;
  perSecond?: number;
  /** Whose page said so. */
  source: string;
  /** When it said so, YYYY-MM-DD. */
  asOf: string;
  /** Nobody has said what this model costs: no cap can rest on it. */
  isGuess?: true;
}

/** How a provider is paid: not at all, or by the table under its vendor's name. */
export type PriceRule = { kind: 'free' } | { kind: 'table'; vendor: string };

const MILLION = 1_000_000;

/** What a usage costs in US dollars. Cached tokens without a price of their own cost as much as any others. */
export function costOf(price: Price, usage: Usage): number {
  const { inputPerMillion = 0, cachedInputPerMillion = inputPerMillion } = price;
  const { outputPerMillion = 0, charactersPerMillion = 0, perPicture = 0, perSecond = 0 } = price;
  const { inputTokens = 0, outputTokens = 0, characters = 0, pictures = 0, seconds = 0 } = usage;
  const cachedInputTokens = Math.min(usage.cachedInputTokens ?? 0, inputTokens);
  const perMillion =
    (inputTokens - cachedInputTokens) * inputPerMillion +
    cachedInputTokens * cachedInputPerMillion +
    outputTokens * outputPerMillion +
    characters * charactersPerMillion;
  return perMillion / MILLION + pictures * perPicture + seconds * perSecond;
}

/** What costs nothing: local programs, own machines, stock under a free licence. */
export function freePrice(vendor: string, model = ''): Price {
  return { vendor, model, source: 'runs on own machines or is given away', asOf: '2026-11-21' };
}

/**
 * What a model costs at an account: on own machines nothing, unless the list names it (a server there may hand on to
 * one that is paid); elsewhere what the list says or guesses.
 */
export function priceAt(
  prices: PriceList,
  { runs, vendor }: { runs: 'remote' | 'local'; vendor: string },
  model: string,
  variant = '',
): Price {
  const price = prices.find(vendor, model, variant);
  return runs === 'local' && price.isGuess ? freePrice(vendor, model) : price;
}

/** Prices by vendor and model, with a user's own above the table's. */
export class PriceList {
  constructor(private readonly prices: readonly Price[]) {}

  /** The same list in which `overrides` stand above what is there. */
  with(overrides: readonly Price[]): PriceList {
    return new PriceList([...overrides, ...this.prices]);
  }

  /**
   * The price of a model, for its calls. A dated model (`gpt-4o-mini-2024-07-18`) costs what its family does, a variant
   * (`1024x1024/medium`) that has a price of its own that. Of any other it is a guess, and says so: what the
   * vendor's dearest in the list costs, or nothing for a vendor that is not in it.
   */
  find(vendor: string, model: string, variant = ''): Price {
    const unknown = { source: 'not in the list', asOf: '', isGuess: true } as const;
    return this.listed(vendor, model, variant) ?? { vendor, model, ...unknown };
  }

  /**
   * The same, for those who tell of it: of a model that has a price for each variant, and is asked for without one, that of
   * the dearest; undefined for a vendor that is not in the list.
   */
  listed(vendor: string, model: string, variant = ''): Price | undefined {
    const own = this.prices.filter((price) => price.vendor === vendor);
    const named = (name: string) => own.find((price) => price.model === name);
    const exact = named(`${model}/${variant}`) ?? named(model);
    if (exact) return exact;
    const family = own
      .filter(
        (price) =>
          model.startsWith(`${price.model}-`) && /^-\d/.test(model.slice(price.model.length)),
      )
      .toSorted((a, b) => b.model.length - a.model.length)[0];
    if (family) return family;
    const kinds = variant === '' ? own.filter((price) => price.model.startsWith(`${model}/`)) : [];
    if (kinds.length > 0) return { ...ofDearest(kinds), vendor, model, source: kinds[0]!.source };
    return own.length === 0 ? undefined : { ...dearest(own), vendor, model };
  }
}

/** What a model is taken to cost that nobody has priced. */
function dearest(prices: readonly Price[]): Price {
  const source = 'the dearest model of the vendor, since this one is not in the table';
  return { vendor: '', model: '', ...ofDearest(prices), source, isGuess: true };
}

/** Of every unit the highest price, whoever asks it. */
function ofDearest(prices: readonly Price[]): Omit<Price, 'vendor' | 'model' | 'source'> {
  const highest = (unit: keyof Price) =>
    Math.max(0, ...prices.map((price) => Number(price[unit] ?? 0)));
  return {
    inputPerMillion: highest('inputPerMillion'),
    outputPerMillion: highest('outputPerMillion'),
    charactersPerMillion: highest('charactersPerMillion'),
    perPicture: highest('perPicture'),
    perSecond: highest('perSecond'),
    asOf: prices[0]?.asOf ?? '',
  };
}
