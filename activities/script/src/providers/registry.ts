import type { ScriptProvider } from '../script-provider.js';
import { ruleBasedProvider } from './rule-based/rule-based.js';

/** Plain values that providers are made with. */
export interface ScriptProviderSettings {
  /** The dictionary's program, or the folder of its data files. */
  wordnetPath: string;
}

/** Every script provider of this worker, in no order of preference; the job's chain says which are tried. */
export function scriptProviders(settings: ScriptProviderSettings): ScriptProvider[] {
  return [ruleBasedProvider(settings)];
}
