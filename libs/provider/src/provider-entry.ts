import type { StageName } from '@aura/proto';
import type { Account } from './account.js';
import type { PriceRule } from './prices.js';

/** What a chain is made of, besides its order. */
export type ProviderKind =
  | 'language-model'
  | 'rules'
  | 'own-script'
  | 'speech'
  | 'picture-generator'
  | 'clip-generator'
  | 'stock'
  | 'stock-clips'
  | 'own-media'
  | 'drawing';

/**
 * One line of a stage's registry: everything that is known of a provider before it is asked. `Settings`
 * are the plain values that the stage's providers are made with, `Deps` what they need to work, `Provider`
 * is the stage's port.
 */
export interface ProviderEntry<Provider, Settings, Deps> {
  /** Unique within its stage; the word in chains, jobs and reports. Lower case, digits, "-". */
  name: string;
  stage: Extract<StageName, 'script' | 'voice' | 'visuals'>;
  kind: ProviderKind;
  /** Remote ones are left out in offline mode, and are what a lost network takes away. */
  runs: 'remote' | 'local';
  /** One line for people: what it gives. */
  gives: string;
  capabilities: Capabilities;
  /** The settings it reads, by name; the first is what it cannot do without, if anything. */
  settings: readonly string[];
  /** Free for everything that runs on own machines and for stock. */
  price: PriceRule;
  limits: ProviderLimits;
  /**
   * Its account as configured; undefined where it needs none. Errors: `MissingApiKey:<name>` where
   * the key is not set, INVALID_CONFIG. No network.
   */
  account?: (settings: Settings) => Account;
  /** Makes the adapter. Cheap, no network; errors as `account`. */
  create: (settings: Settings, deps: Deps) => Provider;
}

export interface Capabilities {
  /** BCP 47 prefixes; empty for any. */
  languages?: readonly string[];
  /** Gives exact times of words. */
  wordTimings?: boolean;
  /** Takes a JSON schema and keeps to it. */
  structuredOutput?: boolean;
  /** Gives the same for the same order and seed. */
  deterministic?: boolean;
  pictures?: boolean;
}

export interface ProviderLimits {
  /** Calls of one process at the same time. */
  concurrentCalls: number;
  /** Longest text of one call. */
  characters?: number;
  /** Largest reply, in bytes. */
  replyBytes?: number;
}

/**
 * What is wrong with a registry, in words; empty when all is well. Every stage's tests call it:
 * names are unique and well formed, remote entries have an account and a setting, and all of them but stock a price.
 */
export function registryProblems(
  entries: readonly ProviderEntry<unknown, never, never>[],
): string[] {
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    const problems: string[] = [];
    const say = (isWrong: boolean, what: string) => {
      if (isWrong) problems.push(`${entry.stage}/${entry.name}: ${what}`);
    };
    const name = `${entry.stage}/${entry.name}`;
    say(seen.has(name), 'is listed twice');
    seen.add(name);
    say(!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(entry.name), 'its name is not lower case words and "-"');
    say(entry.gives.trim() === '', 'does not say what it gives');
    say(entry.runs === 'remote' && !entry.account, 'is remote and has no account');
    say(entry.runs === 'remote' && entry.settings.length === 0, 'is remote and reads no setting');
    const isPaid = entry.runs === 'remote' && !entry.kind.startsWith('stock');
    say(isPaid && entry.price.kind === 'free', 'is remote and has no price');
    say(entry.runs === 'local' && entry.price.kind !== 'free', 'is local and costs money');
    say(entry.limits.concurrentCalls < 1, 'may not be called at all');
    return problems;
  });
}
