import { execFile } from 'node:child_process';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A folder that is a small disk of its own, which can be filled up and made read-only. Needs root. */
export interface SmallDisk {
  /** Leaves no byte free. */
  fill(): Promise<void>;
  empty(): Promise<void>;
  readOnly(isReadOnly: boolean): Promise<void>;
  /** Nobody may use it any more. */
  remove(): Promise<void>;
}

/** Why there can be no small disk here; undefined where there can. */
export async function whyNoSmallDisk(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'file systems in memory are mounted on Linux only';
  if (process.getuid?.() !== 0) return 'only root may mount a file system';
  const folder = `/tmp/aura-mount-${process.pid}`;
  try {
    await mkdir(folder);
    await execute('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
    await execute('umount', [folder]);
    return undefined;
  } catch (error) {
    return `mounting is refused here (${String((error as { stderr?: string }).stderr).trim()})`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function smallDisk(folder: string, megabytes: number): Promise<SmallDisk> {
  await mkdir(folder, { recursive: true });
  await execute('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  const filler = path.join(folder, 'filler');
  return {
    fill: async () => {
      const { bavail, bsize } = await statfs(folder);
      // Others may write meanwhile; what does not fit any more is exactly what is wanted.
      await writeFile(filler, Buffer.alloc(bavail * bsize)).catch(ignoreFull);
    },
    empty: () => rm(filler, { force: true }),
    readOnly: async (isReadOnly) => {
      const option = isReadOnly ? 'remount,ro' : 'remount,rw';
      await execute('mount', ['-o', option, folder]);
    },
    remove: async () => void (await execute('umount', [folder])),
  };
}

function ignoreFull(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOSPC') throw error;
}
