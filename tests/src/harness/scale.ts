/** `npm run test:long` runs the same tests with larger numbers. */
export const isLong = process.env['AURA_TEST_SCALE'] === 'long';

export function scaled(short: number, long: number): number {
  return isLong ? long : short;
}
