import {
  priceAt,
  type Account,
  type Expense,
  type PriceList,
  type Reply,
  type Usage,
} from '@aura/provider';
import type { SpokenFor } from '../../voice-provider.js';

export interface Payee {
  /** The provider's name. */
  provider: string;
  account: Account;
  model: string;
  prices: PriceList;
}

export interface ExpectedUsage {
  worst: Usage;
  /** The worst is what is billed for every answer: the vendor counts what was sent. */
  isExact?: boolean;
  /** Otherwise what was used up, from the reply. */
  usageOf?: (reply: Reply) => Usage | undefined;
}

/** The `expense` member of a paid call; nothing where it is made for no unit of work. */
export function expenseOf(
  { provider, account, model, prices }: Payee,
  { worst, isExact = false, usageOf }: ExpectedUsage,
  unit: SpokenFor | undefined,
): { expense?: Expense } {
  if (!unit) return {};
  return {
    expense: {
      videoId: unit.videoId,
      unitKey: unit.key,
      capUsd: unit.capUsd,
      provider,
      price: priceAt(prices, account, model),
      worst,
      ...(isExact ? { usageOf: () => worst } : usageOf ? { usageOf } : {}),
    },
  };
}
