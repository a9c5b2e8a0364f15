import type { Settings } from '@aura/config';
import type { Check, ProviderReport, WorkerReport, WorkerStage } from '@aura/proto';
import { machineChecks } from './machine-checks.js';

/** What a stage's project says of its providers and tools. */
export interface StageProbe {
  providers?: () => Promise<ProviderReport[]>;
  checks?: () => Promise<Check[]>;
}

/** Looks at this machine and at the stages it serves: what is there, what is missing, and why. */
export async function reportOf(
  workerId: string,
  stages: readonly (StageProbe & { name: WorkerStage })[],
  settings: Settings,
): Promise<WorkerReport> {
  const [providers, checks, machine] = await Promise.all([
    Promise.all(stages.map(async ({ providers: probe }) => (await probe?.()) ?? [])),
    Promise.all(stages.map(async ({ checks: probe }) => (await probe?.()) ?? [])),
    machineChecks(settings, workerId),
  ]);
  return {
    workerId,
    stages: stages.map(({ name }) => name),
    providers: providers.flat(),
    checks: [...checks.flat(), ...machine],
  };
}
