import { createAccount, missingKey, type Account, type AccountPlan } from '../account.js';
import { isOwnMachine } from '../own-machine.js';

/**
 * The account of a server that has no address of its own, so that `setting` has to name it. Its address says
 * whether it runs on own machines. Errors: `MissingApiKey:<setting>`, INVALID_CONFIG.
 */
export function ownServer(
  baseUrl: string | undefined,
  setting: string,
  plan: Omit<AccountPlan, 'runs' | 'baseUrl'>,
): Account {
  if (!baseUrl) throw missingKey(setting);
  return createAccount({ ...plan, baseUrl, runs: isOwnMachine(baseUrl) ? 'local' : 'remote' });
}
