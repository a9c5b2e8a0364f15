export * from './create-script-activities.js';
export * from './script-provider.js';
export * from './validate-script.js';
export { listPrompts, type Prompt, type PromptOverrides } from '@aura/prompts';
export { SCRIPT_PROVIDERS } from './providers/registry.js';
export type { ScriptProviderDeps, ScriptProviderSettings } from './providers/script-entry.js';
