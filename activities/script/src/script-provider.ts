import type { Brief, OwnScript, Passage, PlanSpec, ProviderReport, Script } from '@aura/proto';
import type { PromptOverrides } from '@aura/prompts';
import type { Speed } from './pace.js';

/** What a script is asked for with. The pace is rounded, so that equal orders are equal. */
export interface ScriptOrder {
  brief: Brief;
  plan: PlanSpec;
  pace: Speed;
  /** The job's own texts for the prompts that language models are asked with. */
  prompts?: PromptOverrides | undefined;
  /** The user's own, which nobody but its own provider looks at. */
  script?: OwnScript | undefined;
  /** Where there are some, the script says only what stands in them. */
  passages?: readonly Passage[] | undefined;
  /** Whoever understands what it has written says how it is built (`Script.analysis`). */
  isAnalysed?: boolean | undefined;
}

export type WrittenScript = Omit<Script, 'unitKey'>;

/** Where a provider works that asks others: the job it works for, and how its calls are kept. */
export interface ScriptDesk {
  videoId: string;
  /** See `JobRef.capUsd`. */
  capUsd: number | undefined;
  /** No attempt follows this one: what can be done without is done without. */
  isLastAttempt: boolean;
  /**
   * Does one call as a unit of work of its own, so that a script that is tried once more finds it done and pays
   * nothing again. `inputs` is everything that decides the answer. Errors: those of `work`, UnitBusy.
   */
  call<T extends object>(
    name: string,
    inputs: unknown,
    work: (place: { unitKey: string; signal: AbortSignal | undefined }) => Promise<T>,
  ): Promise<T>;
}

/** One way to come by a script. Adapters live in providers/, one folder each, and are listed in registry.ts. */
export interface ScriptProvider {
  readonly name: string;
  /** Bumped by hand whenever the adapter's own code changes what comes out. */
  readonly recipe: number;
  /** Of providers that are no server: whether it can be used on this machine. Quick, never throws. */
  report?(): Promise<ProviderReport>;
  /** What decides the result besides the order: a model, a dictionary's edition. Part of the unit key. */
  identity(): Promise<string>;
  /**
   * Writes a script that passes `validateScript`. The same order and identity give the same script where the
   * provider is deterministic. Errors: InvalidInput:brief, ScriptInvalid, those of `Vendors` where others are
   * asked; on abort the signal's own reason.
   */
  write(
    order: ScriptOrder,
    signal: AbortSignal | undefined,
    desk: ScriptDesk,
  ): Promise<WrittenScript>;
}
