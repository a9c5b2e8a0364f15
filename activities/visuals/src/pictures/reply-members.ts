/** A side in px, as far as it is one. */
export function sideIn(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 0;
}

/** A text, as far as it is one. */
export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
