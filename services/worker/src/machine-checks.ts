import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '@aura/config';
import { toFailure } from '@aura/failure';
import type { Check, WorkerCheckName } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';

/** What every worker looks at on its machine, whichever stages it serves. */
export async function machineChecks(
  settings: Settings,
  workerId: string,
  platform: string = process.platform,
): Promise<Check[]> {
  return [
    ...systemCheck(platform),
    await artifactFolderCheck(settings, workerId),
    await diskCheck(settings),
    memoryCheck(settings),
  ];
}

const SYSTEMS = new Set(['linux', 'darwin']);

/** Child processes are ended by group, and files renamed while they are open, as POSIX has it. */
function systemCheck(platform: string): Check[] {
  if (SYSTEMS.has(platform)) return [];
  const name: WorkerCheckName = 'OperatingSystem';
  return [{ name, status: 'Unhealthy', detail: `${platform} is not supported` }];
}

const NO_BLOB = { sha256: '0'.repeat(64), bytes: 0, mediaType: '' };

/** Whether the bucket answers; which of its objects is asked for does not matter. */
export async function bucketCheck(store: Pick<ArtifactStore, 'has'>): Promise<Check> {
  const name: WorkerCheckName = 'ArtifactStore';
  return store.has(NO_BLOB).then(
    () => ({ name, status: 'Healthy', detail: 'the bucket answers' }),
    (error: unknown) => {
      const { message, details } = toFailure(error);
      return { name, status: 'Unhealthy', detail: [message, details].filter(Boolean).join(' ') };
    },
  );
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
    const code = codeOf(error);
    // A full disk has a check of its own, which says so better.
    const status = code === 'ENOSPC' ? 'Degraded' : 'Unhealthy';
    return { name, status, detail: `The artifact folder cannot be written (${code}).` };
  }
}

async function diskCheck({ AURA_HOME, AURA_MIN_FREE_DISK_MB }: Settings): Promise<Check> {
  const name: WorkerCheckName = 'DiskSpace';
  try {
    const { bavail, bsize } = await statfs(AURA_HOME);
    const freeMb = Math.floor((bavail * bsize) / 2 ** 20);
    return freeCheck(name, freeMb, AURA_MIN_FREE_DISK_MB, 'free on the disk of AURA_HOME');
  } catch (error) {
    const detail = `The disk of AURA_HOME cannot be looked at (${codeOf(error)}).`;
    return { name, status: 'Degraded', detail };
  }
}

/** As the gateway's own check means it: what this process may still take, within the limits of its container. */
function memoryCheck({ AURA_MIN_FREE_MEMORY_MB }: Settings): Check {
  const freeMb = Math.floor(process.availableMemory() / 2 ** 20);
  return freeCheck('Memory', freeMb, AURA_MIN_FREE_MEMORY_MB, 'of memory free');
}

function freeCheck(name: WorkerCheckName, freeMb: number, neededMb: number, what: string): Check {
  const isClose = freeMb < 1.5 * neededMb;
  const status = freeMb < neededMb ? 'Unhealthy' : isClose ? 'Degraded' : 'Healthy';
  return { name, status, detail: `${freeMb} MiB ${what}, ${neededMb} MiB needed` };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
