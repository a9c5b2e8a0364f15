import { statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import type { Check, ProviderReport, WorkerReport, WorkerStage } from '@aura/proto';
import type { Settings } from '@aura/config';

/** What a stage's project says of its providers and tools. */
export interface StageProbe {
  providers?: () => Promise<ProviderReport[]>;
  checks?: () => Promise<Check[]>;
}

/** Looks at this machine and at the stages it serves: what is there, what is missing, and why. */
export async function reportOf(
  workerId: string,
  stages: readonly WorkerStage[],
  probes: readonly StageProbe[],
  settings: Settings,
): Promise<WorkerReport> {
  const [providers, checks] = await Promise.all([
    Promise.all(probes.map(({ providers: probe }) => probe?.() ?? [])),
    Promise.all(probes.map(({ checks: probe }) => probe?.() ?? [])),
  ]);
  return {
    workerId,
    stages: [...stages],
    providers: providers.flat(),
    checks: [...checks.flat(), await diskCheck(settings), memoryCheck(settings)],
  };
}

async function diskCheck({ AURA_HOME, AURA_MIN_FREE_DISK_MB }: Settings): Promise<Check> {
  const { bavail, bsize } = await statfs(AURA_HOME);
  const freeMb = Math.floor((bavail * bsize) / 2 ** 20);
  return check('DiskSpace', freeMb, AURA_MIN_FREE_DISK_MB, 'free on the disk of AURA_HOME');
}

function memoryCheck({ AURA_MIN_FREE_MEMORY_MB }: Settings): Check {
  const freeMb = Math.floor(freemem() / 2 ** 20);
  return check('Memory', freeMb, AURA_MIN_FREE_MEMORY_MB, 'of memory free');
}

function check(name: string, freeMb: number, neededMb: number, what: string): Check {
  const status = freeMb < neededMb ? 'Unhealthy' : freeMb < 2 * neededMb ? 'Degraded' : 'Healthy';
  return { name, status, detail: `${freeMb} MiB ${what}, ${neededMb} MiB needed` };
}
