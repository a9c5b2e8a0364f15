/** What the calls of one job have cost, in US dollars, read from the call journal when a run ends. */
export interface JobCost {
  /** Answered and billed. */
  sureUsd: number;
  /** The worst case of calls of which nobody knows whether they were billed. */
  possibleUsd: number;
  /** Calls that were sent. */
  calls: number;
  byProvider: ProviderCost[];
  /** Calls of which nobody knows what became of them. */
  unknown: UnknownCall[];
  /** By how much calls came to more than the worst case that was reserved for them; absent where none did. */
  overUsd?: number;
}

export interface ProviderCost {
  provider: string;
  model: string;
  calls: number;
  usd: number;
  inputTokens: number;
  outputTokens: number;
  characters: number;
  pictures: number;
  seconds: number;
}

export interface UnknownCall {
  provider: string;
  unitKey: string;
  worstUsd: number;
  /** ISO 8601. */
  startedAt: string;
}
