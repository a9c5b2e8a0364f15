import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program of the stack that runs as our direct child. */
export interface Service {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves when it answers; rejects with a StackError when it ends before or stays silent. */
  readonly ready: Promise<void>;
  /** Resolves when the process is gone, whatever the reason. */
  readonly exited: Promise<Exit>;
  /** Asks it to end, waits, and kills it when it takes too long. Never rejects; may be called twice. */
  stop(): Promise<void>;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Launch {
  name: string;
  program: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  logFile: string;
  /** Another user to run as; only root can. */
  user?: { uid: number; gid: number };
  stopSignal?: NodeJS.Signals;
  /** How long it may take to end after `stopSignal`. */
  stopWithinMs?: number;
  readyWithinMs?: number;
  /** Throws while the service does not answer yet. Asked again every 50 ms. */
  probe: (pid: number) => Promise<void>;
}

/** The stack cannot be started or does not work. The message is one line for the user. */
export class StackError extends Error {
  override readonly name = 'StackError';
}

const PROBE_EVERY_MS = 50;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * Starts a program in its own process group, so that a Ctrl-C in the terminal reaches only us and the
 * stack is stopped in order. On Linux it dies with us, even when we are SIGKILLed.
 */
export async function launch(plan: Launch): Promise<Service> {
  const logBegin = sizeOf(plan.logFile);
  const child = await spawnLogged(plan);
  const pid = child.pid!;
  const exited = once(child, 'exit').then(([code, signal]): Exit => ({
    code: code as number | null,
    signal: signal as Exit['signal'],
  }));
  const probe = () => plan.probe(pid);
  const ready = untilReady({ ...plan, probe }, exited, logBegin);
  ready.catch(() => undefined); // whoever waits for it gets the error; nobody has to
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= end(child, exited, plan));
  return { name: plan.name, pid, logFile: plan.logFile, ready, exited, stop };
}

/** The last lines of a log file since it had `begin` bytes, for error messages. */
export function tailOf(logFile: string, begin = 0, lines = 8): string {
  try {
    const text = readFileSync(logFile).subarray(begin).toString('utf8').trim();
    return text
      .split('\n')
      .slice(-lines)
      .map((line) => `  | ${line.slice(0, 300)}`)
      .join('\n');
  } catch {
    return '';
  }
}

async function spawnLogged(plan: Launch): Promise<ChildProcess> {
  const log = openLog(plan.logFile);
  const [program, args] = bound(plan);
  try {
    const child = spawn(program, args, {
      cwd: plan.cwd,
      env: plan.env,
      uid: plan.user?.uid,
      gid: plan.user?.gid,
      detached: true,
      stdio: ['ignore', log, log],
    });
    await once(child, 'spawn');
    return child;
  } catch (cause) {
    throw new StackError(`${plan.name} cannot be started: ${(cause as Error).message}`, { cause });
  } finally {
    closeSync(log);
  }
}

/** The kernel ends the program when its parent, that is we, is gone. Elsewhere the next start cleans up. */
function bound({ program, args }: Launch): [string, string[]] {
  if (process.platform !== 'linux') return [program, [...args]];
  return ['setpriv', ['--pdeathsig', 'KILL', '--', program, ...args]];
}

function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true });
  if (sizeOf(file) > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o640);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

async function untilReady(
  { name, probe, logFile, readyWithinMs = 60_000 }: Launch & { probe: () => Promise<void> },
  exited: Promise<Exit>,
  logBegin: number,
): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  let exit: Exit | undefined;
  let reason: unknown;
  void exited.then((value) => (exit = value));
  while (Date.now() < deadline) {
    if (exit) {
      const said = tailOf(logFile, logBegin);
      throw new StackError(`${name} ended at once (${textOf(exit)}), see ${logFile}\n${said}`);
    }
    try {
      return await probe();
    } catch (error) {
      reason = error;
    }
    await sleep(PROBE_EVERY_MS);
  }
  const seconds = Math.round(readyWithinMs / 1_000);
  const why = reason instanceof StackError ? ` (${reason.message})` : '';
  throw new StackError(`${name} is not ready after ${seconds} s${why}, see ${logFile}`, {
    cause: reason,
  });
}

async function end(child: ChildProcess, exited: Promise<Exit>, plan: Launch): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(plan.stopSignal ?? 'SIGTERM');
  const forced = setTimeout(() => killGroup(child.pid!), plan.stopWithinMs ?? 10_000);
  await exited;
  clearTimeout(forced);
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself in the meantime.
  }
}

export function textOf({ code, signal }: Exit): string {
  return signal ? `signal ${signal}` : `exit code ${code}`;
}
