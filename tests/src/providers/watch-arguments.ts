import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../harness/index.js';

export interface WatchedArguments {
  /** Every command line of the stack's processes that was seen so far, and of those that they began. */
  readonly lines: ReadonlySet<string>;
  stop(): void;
}

const EVERY_MS = 50;

/** Looks again and again with what arguments the stack's processes run, as everybody on the machine may. Only on Linux. */
export function watchArguments(stack: Stack): WatchedArguments {
  const lines = new Set<string>();
  const over = new AbortController();
  const watch = async () => {
    while (!over.signal.aborted) {
      for (const pid of pidsOf(stack)) await note(pid, lines);
      await sleep(EVERY_MS, undefined, { ref: false });
    }
  };
  if (process.platform === 'linux') void watch();
  return { lines, stop: () => over.abort() };
}

function pidsOf({ postgres, temporal, gateway, workers }: Stack): number[] {
  return [postgres, temporal, gateway, ...workers].map(({ pid }) => pid);
}

/** A process and all below it. One that has ended meanwhile has nothing more to tell. */
async function note(pid: number, lines: Set<string>): Promise<void> {
  lines.add(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
  // Programs are begun by the first thread, which has the number of its process.
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  for (const child of children.split(' ').filter(Boolean)) await note(Number(child), lines);
}
