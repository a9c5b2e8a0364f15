import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { freemem } from 'node:os';
import path from 'node:path';
import type { Settings } from '@aura/config';
import type { Check, WorkerCheckName } from '@aura/proto';

/** What every worker looks at on its machine, whichever stages it serves. */
export async function machineChecks(settings: Settings, workerId: string): Promise<Check[]> {
  return [
    await artifactFolderCheck(settings, workerId),
    await diskCheck(settings),
    memoryCheck(settings),
  ];
}

/** Really writes a file: permissions, read-only mounts and full disks all show. */
async function artifactFolderCheck({ AURA_HOME }: Settings, workerId: string): Promise<Check> {
  const name: WorkerCheckName = 'ArtifactFolder';
  const folder = path.join(AURA_HOME, 'artifacts');
  const file = path.join(folder, `.writable-${workerId}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(file, workerId);
    await rm(file);
    return { name, status: 'Healthy', detail: 'can be written' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    // A full disk has a check of its own, which says so better.
    const status = code === 'ENOSPC' ? 'Degraded' : 'Unhealthy';
    return { name, status, detail: `The artifact folder cannot be written (${code}).` };
  }
}

async function diskCheck({ AURA_HOME, AURA_MIN_FREE_DISK_MB }: Settings): Promise<Check> {
  const { bavail, bsize } = await statfs(AURA_HOME);
  const freeMb = Math.floor((bavail * bsize) / 2 ** 20);
  return freeCheck('DiskSpace', freeMb, AURA_MIN_FREE_DISK_MB, 'free on the disk of AURA_HOME');
}

function memoryCheck({ AURA_MIN_FREE_MEMORY_MB }: Settings): Check {
  const freeMb = Math.floor(freemem() / 2 ** 20);
  return freeCheck('Memory', freeMb, AURA_MIN_FREE_MEMORY_MB, 'of memory free');
}

function freeCheck(name: WorkerCheckName, freeMb: number, neededMb: number, what: string): Check {
  const status = freeMb < neededMb ? 'Unhealthy' : freeMb < 2 * neededMb ? 'Degraded' : 'Healthy';
  return { name, status, detail: `${freeMb} MiB ${what}, ${neededMb} MiB needed` };
}
