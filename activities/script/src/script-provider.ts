import type { Brief, PlanSpec, ProviderReport, Script } from '@aura/proto';
import type { Speed } from './pace.js';

/** What a script is asked for with. The pace is rounded, so that equal orders are equal. */
export interface ScriptOrder {
  brief: Brief;
  plan: PlanSpec;
  pace: Speed;
}

export type WrittenScript = Omit<Script, 'unitKey'>;

/** One way to come by a script. Adapters live in providers/, one folder each, and are listed in registry.ts. */
export interface ScriptProvider {
  readonly name: string;
  /** Bumped by hand whenever the adapter's own code changes what comes out. */
  readonly recipe: number;
  /** Whether it can be used on this machine, and what it lacks. Quick, never throws. */
  report(): Promise<ProviderReport>;
  /** What decides the result besides the order: a model, a dictionary's edition. Part of the unit key. */
  identity(): Promise<string>;
  /**
   * Writes a script that passes `validateScript`. The same order and identity give the same script where the
   * provider is deterministic. Errors: InvalidInput:brief, ScriptInvalid; on abort the signal's own reason.
   */
  write(order: ScriptOrder, signal: AbortSignal | undefined): Promise<WrittenScript>;
}
