import { readdir, readFile } from 'node:fs/promises';
import { runProgram } from '@aura/media';

/** USER_HZ: the kernel's unit in /proc, 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** CPU seconds (user + system) of a process, its ended children and its running descendants. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  const family = await familyOf(pid);
  return family.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
}

const EVERY_MS = 200;

/**
 * Watches the CPU seconds of all descendants of a process from now on, also of those whose ends nobody waits for; what
 * lives shorter than between two looks is missed.
 */
export function watchCpu(pid: number): { descendantsS: () => number; stop: () => void } {
  const ticks = new Map<number, number>();
  const look = async () => {
    for (const one of await familyOf(pid)) if (one.pid !== pid) ticks.set(one.pid, one.ownTicks);
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  return {
    descendantsS: () => [...ticks.values()].reduce((sum, own) => sum + own, 0) / TICKS_PER_SECOND,
    stop: () => clearInterval(timer),
  };
}

/** A process and its running descendants. */
export async function familyOf(pid: number): Promise<ProcessTimes[]> {
  return descendants(pid, await allProcesses());
}

/**
 * CPU seconds and wall seconds of one command; its output goes nowhere. It is run as people run it, or with the huge
 * pages that programs of ours ask for.
 */
export async function timed(
  program: string,
  args: readonly string[],
  { hugePages = false } = {},
): Promise<{ cpuSeconds: number; wallSeconds: number }> {
  const bare = hugePages ? '' : 'unset GLIBC_TUNABLES; ';
  const script = `${bare}TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1`;
  const { stderr } = await runProgram('bash', ['-c', script, 'bash', program, ...args]);
  const [wall = 0, user = 0, system = 0] = stderr.trim().split(/\s+/).map(Number);
  return { cpuSeconds: user + system, wallSeconds: wall };
}

export interface ProcessTimes {
  pid: number;
  /** Of its program, at most 15 characters. */
  name: string;
  parent: number;
  /** Of itself and its ended children. */
  ticks: number;
  /** Of itself. */
  ownTicks: number;
}

async function allProcesses(): Promise<ProcessTimes[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const rows = await Promise.all(pids.map((pid) => timesOf(Number(pid))));
  return rows.filter((row) => row !== undefined);
}

/** Fields after the command's closing bracket: state ppid … utime stime cutime cstime (proc(5), 14 to 17). */
async function timesOf(pid: number): Promise<ProcessTimes | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (!stat) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [ticks, ownTicks] = [15, 13].map((end) =>
    fields.slice(11, end).reduce((sum, field) => sum + Number(field), 0),
  ) as [number, number];
  const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  return { pid, name, parent: Number(fields[1]), ticks, ownTicks };
}

function descendants(pid: number, all: readonly ProcessTimes[]): ProcessTimes[] {
  const own = all.filter((row) => row.pid === pid);
  const children = all.filter((row) => row.parent === pid);
  return [...own, ...children.flatMap((child) => descendants(child.pid, all))];
}
