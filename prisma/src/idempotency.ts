/** How long a repeated request with the same Idempotency-Key gets the answer to the first. */
export const IDEMPOTENCY_HOURS = 24;
