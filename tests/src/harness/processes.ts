import { readdir, readFile } from 'node:fs/promises';
import type { Stack } from './stack.js';
import { until } from './wait.js';

export interface RunningProcess {
  pid: number;
  command: string;
}

/**
 * The ffmpeg and ffprobe processes of this stack, also those whose worker is dead: they are known by the
 * AURA_HOME in their environment, which they have from the worker that began them. Zombies do not count.
 */
export async function ffmpegOf({ home }: Pick<Stack, 'home'>): Promise<RunningProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => ffmpegAt(pid, home)));
  return found.filter((process) => process !== undefined);
}

async function ffmpegAt(pid: string, home: string): Promise<RunningProcess | undefined> {
  try {
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
    if (!/ff(mpeg|probe)/.test(command.split(' ')[0] ?? '')) return undefined;
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
    return environment.includes(`AURA_HOME=${home}\0`) ? { pid: Number(pid), command } : undefined;
  } catch {
    return undefined; // It has ended in the meantime.
  }
}

/** Waits until none of them runs any more; fails with what still runs. */
export async function noFfmpeg(stack: Pick<Stack, 'home'>, withinMs = 5_000): Promise<void> {
  let left: RunningProcess[] = [];
  const none = async () => (left = await ffmpegOf(stack)).length === 0;
  await until('no ffmpeg is left', none, withinMs).catch((error: Error) => {
    throw new Error(`${error.message}: ${JSON.stringify(left)}`);
  });
}

/** The ffmpeg and ffprobe processes that a worker has begun itself and that run now. */
export async function ffmpegUnder(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const pids = children.trim().split(' ').filter(Boolean);
  const found = await Promise.all(
    pids.map(async (child) => {
      const command = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '');
      return /ff(mpeg|probe)/.test(command.split('\0')[0] ?? '') ? [Number(child)] : [];
    }),
  );
  return found.flat();
}

/** Waits until none of these processes runs (a zombie does not). */
export async function gone(pids: readonly number[], withinMs: number): Promise<void> {
  await until(
    `the processes ${pids.join(', ')} are gone`,
    async () => (await Promise.all(pids.map(hasEnded))).every(Boolean),
    withinMs,
  );
}

async function hasEnded(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')) === '';
}
