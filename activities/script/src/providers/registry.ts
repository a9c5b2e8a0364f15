import { Failure } from '@aura/failure';
import type { ScriptProvider } from '../script-provider.js';
import { anthropic } from './anthropic/anthropic.js';
import { ollama } from './ollama/ollama.js';
import { openaiCompatible } from './openai-compatible/openai-compatible.js';
import { openai } from './openai/openai.js';
import { own } from './own/own.js';
import { RULE_BASED, ruleBasedProvider } from './rule-based/rule-based.js';
import type { ScriptEntry, ScriptProviderDeps, ScriptProviderSettings } from './script-entry.js';

const ruleBased: ScriptEntry = {
  name: RULE_BASED,
  stage: 'script',
  kind: 'rules',
  runs: 'local',
  gives: 'Scripts without any model, from the brief’s own words and a dictionary.',
  capabilities: { deterministic: true },
  settings: ['WORDNET_PATH'],
  price: { kind: 'free' },
  limits: { concurrentCalls: 64 },
  create: ({ wordnetPath }) => ruleBasedProvider({ wordnetPath }),
  check: async ({ wordnetPath }) =>
    (await ruleBasedProvider({ wordnetPath }).report?.()) ?? { usable: true, reason: '' },
};

/** Every script provider, in the order in which a job that leaves the choice to Aura asks them. */
export const SCRIPT_PROVIDERS: readonly ScriptEntry[] = [
  openai,
  anthropic,
  openaiCompatible,
  ollama,
  ruleBased,
  own,
];

/** Gives providers by name, each made once. Errors: InvalidInput:provider, MissingApiKey, INVALID_CONFIG. */
export function scriptProviders(
  settings: ScriptProviderSettings,
  deps: ScriptProviderDeps,
): (name: string) => ScriptProvider {
  const made = new Map<string, ScriptProvider>();
  return (name) => {
    const entry = SCRIPT_PROVIDERS.find((candidate) => candidate.name === name);
    if (!entry) {
      throw new Failure('InvalidInput:provider', 'There is no such script provider.', {
        details: `asked for "${name}"`,
      });
    }
    const provider = made.get(name) ?? entry.create(settings, deps);
    made.set(name, provider);
    return provider;
  };
}
