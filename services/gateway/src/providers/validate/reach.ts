import { isOwnMachine, urlRefusal, type AccountKind } from '@aura/provider';

export interface ReachRules {
  /** Whether servers on own machines may be named: only those who sit at this machine may have it look around there. */
  isInsideAllowed: boolean;
}

/**
 * How far a call to an address may go that a caller has named: 'inside' is anywhere, 'outside' are public addresses
 * only, judged when the connection is made; else why not at all. A vendor's key never goes inside. Pure.
 */
export function reachOf(
  { is }: Pick<AccountKind, 'is'>,
  baseUrl: string,
  { isInsideAllowed }: ReachRules,
): 'inside' | 'outside' | { refusal: string } {
  if (is === 'server' && isInsideAllowed && isOwnMachine(baseUrl) && !isOfCloud(baseUrl)) {
    return 'inside';
  }
  const refusal = urlRefusal(baseUrl);
  return refusal ? { refusal } : 'outside';
}

/** Where clouds keep what their machines may know of themselves. */
function isOfCloud(url: string): boolean {
  return /^(?:169\.254\.|\[fe[89ab]|metadata\.)/i.test(new URL(url).hostname);
}
