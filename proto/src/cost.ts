/** What the calls of one job have cost, in US dollars, read from the call journal when a run ends. */
export interface JobCost {
  /** Answered and billed. */
  sureUsd: number;
  /** The worst case of calls of which nobody knows whether they were billed. */
  possibleUsd: number;
  /** Calls that a vendor took, or may have taken: answered, or their outcome is unknown. */
  calls: number;
  /** Calls that a vendor answered with an error, which are not billed. Absent in jobs from before they were told apart. */
  refused?: number;
  byProvider: ProviderCost[];
  /** Calls of which nobody knows what became of them. */
  unknown: UnknownCall[];
  /** By how much calls came to more than the worst case that was reserved for them; absent where none did. */
  overUsd?: number;
}

export interface ProviderCost {
  provider: string;
  model: string;
  /** As in JobCost. */
  calls: number;
  refused?: number;
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
