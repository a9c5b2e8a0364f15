/** Bits of 64 in which two pictures may differ that a viewer takes for the same. */
const SAME_BELOW = 7;

/**
 * Whether two pictures of a film show the same, by their `Picture.dhash`. Pictures without one are drawn and are
 * never taken for the same. Pure.
 */
export function lookAlike(a: string | undefined, b: string | undefined): boolean {
  if (!isHash(a) || !isHash(b)) return false;
  let differing = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let bits = 0;
  for (; differing > 0n; differing &= differing - 1n) bits += 1;
  return bits < SAME_BELOW;
}

function isHash(text: string | undefined): boolean {
  return /^[0-9a-f]{16}$/.test(text ?? '');
}
