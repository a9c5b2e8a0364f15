import {
  createAccount,
  isOwnMachine,
  missingKey,
  type Account,
  type AccountPlan,
} from '@aura/provider';

type Plan = Omit<AccountPlan, 'runs' | 'baseUrl'>;

/** The account of a picture server at an address that has to be set. Errors: `MissingApiKey:<setting>`, INVALID_CONFIG. */
export function diffusionAccount(url: string | undefined, setting: string, plan: Plan): Account {
  if (!url) throw missingKey(setting);
  return createAccount({ ...plan, baseUrl: url, runs: isOwnMachine(url) ? 'local' : 'remote' });
}
