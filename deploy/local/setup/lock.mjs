import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

const STEAL_WITHIN_MS = 5_000;

/**
 * Takes a lock that is a file naming its holder, and gives undefined; or gives the holder who has it.
 * A holder counts only while the very process runs that took the lock: neither `kill -9` nor a pid that
 * was given to another program leaves a lock behind.
 */
export function takeLock(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, since: identityOf(process.pid) }));
  try {
    if (link(mine, file)) return undefined;
    const holder = holderOf(file);
    if (holder) return holder;
    return steal(mine, file);
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Gives a lock back that this process has taken. */
export function releaseLock(file) {
  if (holderOf(file)?.pid === process.pid) rmSync(file, { force: true });
}

/** The running process that holds this lock, or undefined. */
export function holderOf(file) {
  try {
    const { pid, since } = JSON.parse(readFileSync(file, 'utf8'));
    return identityOf(pid) === since ? { pid } : undefined;
  } catch {
    return undefined;
  }
}

/** Two processes may find the same dead lock: only the one that also has the lock beside it may replace it. */
function steal(mine, file) {
  const guard = `${file}.steal`;
  if (!link(mine, guard)) {
    if (!isOlderThan(guard, STEAL_WITHIN_MS)) return holderOf(guard) ?? { pid: 0 };
    rmSync(guard, { force: true });
    return takeLock(file);
  }
  try {
    const holder = holderOf(file);
    if (holder) return holder;
    const copy = `${mine}.new`;
    linkSync(mine, copy);
    renameSync(copy, file);
    return undefined;
  } finally {
    rmSync(guard, { force: true });
  }
}

function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isOlderThan(file, ms) {
  try {
    return Date.now() - statSync(file).mtimeMs > ms;
  } catch {
    return true;
  }
}

/** What tells a process from any other that gets its pid later: when it was started. Undefined when it is gone. */
export function identityOf(pid) {
  try {
    if (process.platform === 'linux') return linuxIdentity(pid);
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() ||
      undefined
    );
  } catch {
    return undefined;
  }
}

/** Boot and start time in clock ticks. Of /proc/<pid>/stat only what follows the name, which may hold anything, is split. */
function linuxIdentity(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}/${fields[19]}`;
}
