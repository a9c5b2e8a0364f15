import { costOf, PRICES, type Usage } from '@aura/provider';

/** What an accepted request is charged for. Quantities are in the vendor's own units. */
export interface Charge {
  model: string;
  /** For example inputTokens and outputTokens, characters, pictures. */
  usage: Record<string, number>;
  costUsd: number;
}

export interface BillEntry extends Charge {
  /** Milliseconds since 1970. */
  at: number;
  requestId: string;
  route: string;
  idempotencyKey?: string;
}

export interface BillStatement {
  /** Accepted requests: calls that cost, or would at a vendor with a price. */
  accepted: number;
  costUsd: number;
  entries: readonly BillEntry[];
}

/** Counts what was accepted, whether or not the reply arrived. */
export class Bill {
  private entries: BillEntry[] = [];

  add(entry: BillEntry): void {
    this.entries.push(entry);
  }

  clear(): void {
    this.entries = [];
  }

  statement(): BillStatement {
    return {
      accepted: this.entries.length,
      costUsd: roundUsd(this.entries.reduce((sum, { costUsd }) => sum + costUsd, 0)),
      entries: [...this.entries],
    };
  }
}

/**
 * A charge by the list prices that Aura reckons with: a price stands in one table alone, and what a bill and a ledger can
 * differ in is what they count.
 */
export function listCharge(
  vendor: string,
  { model, variant }: { model: string; variant?: string | undefined },
  usage: Usage & Record<string, number>,
): Charge {
  const costUsd = roundUsd(costOf(PRICES.find(vendor, model, variant), usage));
  return { model, usage, costUsd };
}

/** To a millionth of a cent, so that sums of small prices compare equal. */
export function roundUsd(usd: number): number {
  return Math.round(usd * 1e8) / 1e8;
}
