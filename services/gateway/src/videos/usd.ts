/** Plain data with every number to a millionth: sums of binary fractions have many digits that say nothing. Pure. */
export function rounded<T>(told: T): T {
  return JSON.parse(
    JSON.stringify(told, (_name, value: unknown) =>
      typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value,
    ),
  ) as T;
}

/** US dollars for people: to the cent, and below a cent to the first digit that says something. Pure. */
export function usd(amount: number): string {
  if (amount === 0) return '0';
  if (amount >= 0.01) return amount.toFixed(2);
  return Number(amount.toPrecision(1)).toLocaleString('en-US', { maximumFractionDigits: 12 });
}
