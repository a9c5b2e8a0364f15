import { readFile } from 'node:fs/promises';
import { familyOf } from './cpu-seconds.js';

/** What a process may take before it has been looked at once more is missed. */
const EVERY_MS = 150;

export interface PeakMemory {
  /** The most that any process of a name has held at once, in MB. */
  peaks: () => Record<string, number>;
  stop: () => void;
}

/** Watches the resident memory of a process and all its descendants, each for itself. */
export function watchMemory(pid: number): PeakMemory {
  const most = new Map<string, number>();
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    for (const { pid: one, name } of await familyOf(pid)) {
      const megabytes = await residentMb(one);
      most.set(name, Math.max(most.get(name) ?? 0, megabytes));
    }
    isLooking = false;
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  return {
    peaks: () => Object.fromEntries([...most].map(([name, mb]) => [name, Math.round(mb)])),
    stop: () => clearInterval(timer),
  };
}

/** 0 where the process has ended. */
async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_024;
}
