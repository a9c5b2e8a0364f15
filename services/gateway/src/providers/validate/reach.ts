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
  { is, server }: Pick<AccountKind, 'is' | 'server'>,
  baseUrl: string,
  { isInsideAllowed }: ReachRules,
): 'inside' | 'outside' | { refusal: string } {
  if (is === 'server' && isInsideAllowed && isOwnMachine(baseUrl) && !isOfCloud(baseUrl)) {
    return 'inside';
  }
  const refusal = urlRefusal(baseUrl);
  if (!refusal) return 'outside';
  return {
    refusal: isOwnMachine(baseUrl)
      ? `${refusal}; ${whyNotInside({ is, server }, baseUrl)}`
      : refusal,
  };
}

/** What to do instead, for people who mean their own server. */
function whyNotInside({ is, server }: Pick<AccountKind, 'is' | 'server'>, baseUrl: string): string {
  if (is === 'server' && isOfCloud(baseUrl)) {
    return 'where clouds keep what their machines may know of themselves, nobody is asked';
  }
  return is === 'server'
    ? `a gateway that serves others too calls no address of its own network for them. Set ${server?.settings[0]} in the settings of Aura, and ask again without a baseUrl`
    : 'the key of a vendor is sent to public addresses only';
}

/** Where clouds keep what their machines may know of themselves. */
function isOfCloud(url: string): boolean {
  return /^(?:169\.254\.|\[fe[89ab]|metadata\.)/i.test(new URL(url).hostname);
}
