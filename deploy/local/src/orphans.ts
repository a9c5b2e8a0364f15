import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { identityOf } from '../setup/lock.mjs';
import { endProcess } from './processes.js';
import type { Service } from './service.js';

/** Service name → the process that runs it, told from any other that gets its pid later. */
type Children = Record<string, { pid: number; since: string }>;

/** Notes a child of the stack in its home, in case that we are killed and cannot end it. */
export function noteChild<S extends Service>(home: string, service: S): S {
  const since = identityOf(service.pid);
  if (!since) return service;
  const children = { ...noted(home), [service.name]: { pid: service.pid, since } };
  writeFileSync(fileIn(home), JSON.stringify(children));
  return service;
}

/** Ends what a killed start has left running. On Linux the kernel has done that already. */
export async function endOrphans(home: string): Promise<void> {
  const left = Object.values(noted(home)).filter(({ pid, since }) => identityOf(pid) === since);
  await Promise.all(left.map(({ pid }) => endProcess(pid, 'SIGKILL', 10_000)));
}

function noted(home: string): Children {
  try {
    return JSON.parse(readFileSync(fileIn(home), 'utf8')) as Children;
  } catch {
    return {};
  }
}

function fileIn(home: string): string {
  return path.join(home, 'children.json');
}
