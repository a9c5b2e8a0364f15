import type { Settings } from '@aura/config';
import type { Check, ProviderReport, WorkerReport, WorkerStage } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { bucketCheck, machineChecks } from './machine-checks.js';

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
  bucket?: Pick<ArtifactStore, 'has'>,
): Promise<WorkerReport> {
  const [probes, machine, store] = await Promise.all([
    Promise.all(stages.map(probed)),
    machineChecks(settings, workerId),
    bucket ? bucketCheck(bucket).then((check) => [check]) : [],
  ]);
  return {
    workerId,
    stages: stages.map(({ name }) => name),
    providers: probes.flatMap(({ providers }) => providers),
    checks: [...probes.flatMap(({ checks }) => checks), ...machine, ...store],
  };
}

/** A probe that fails is a finding of its own and no reason to tell nothing of the other stages. */
async function probed({ name, providers, checks }: StageProbe & { name: WorkerStage }) {
  try {
    return { providers: (await providers?.()) ?? [], checks: (await checks?.()) ?? [] };
  } catch (error) {
    const detail = `The stage cannot be looked at: ${String(error)}`;
    return { providers: [], checks: [{ name: `Stage:${name}`, status: 'Unhealthy', detail }] };
  }
}
