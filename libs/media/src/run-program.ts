import { spawn, type ChildProcess } from 'node:child_process';
import { env } from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { childEnvironment } from './child-environment.js';
import { guarded } from './guarded-command.js';

export interface RunOptions {
  /** Ends the program: SIGTERM to its process group, SIGKILL after `graceMs`. */
  signal?: AbortSignal;
  cwd?: string;
  /** What it reads: text, or whatever is written until the promise is kept. A promise that is broken ends the program. */
  stdin?: string | ((input: Writable) => Promise<void>);
  /** Reads its standard output as it comes, instead of lines or text; the program is done when this is. */
  onOutput?: (output: Readable) => Promise<void>;
  /** Called for each line of standard output; without it the output is collected (at most 8 MiB). */
  onLine?: (line: string) => void;
  graceMs?: number;
  /** It maps a graphics device, and may take any amount of address space. */
  mapsDevices?: boolean;
}

export interface ProgramOutput {
  stdout: string;
  /** The last 4 KiB. */
  stderr: string;
}

/** A program ended by itself with another exit code than 0, or by a signal that we did not send. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
  constructor(
    readonly program: string,
    readonly exitCode: number | null,
    readonly exitSignal: NodeJS.Signals | null,
    readonly stderr: string,
  ) {
    super(`${program} ended with ${exitCode === null ? exitSignal : `exit code ${exitCode}`}`);
  }
}

const MAX_STDOUT_BYTES = 8 * 1024 * 1024;
const MAX_STDERR_BYTES = 4 * 1024;

/**
 * Runs a program to its end. It never outlives us: on Linux it dies with this process (even on SIGKILL)
 * and may not take more than 6 GiB of address space; on abort its whole process group is ended and awaited
 * before `signal.reason` is thrown. Whatever it has started and left behind is ended with it. Of our environment it
 * gets no more than `childEnvironment` lets through.
 * Errors: ENOENT as Node's own error, ProgramError, the signal's reason.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { signal, cwd, stdin, onLine, onOutput, mapsDevices, graceMs = 2_000 }: RunOptions = {},
): Promise<ProgramOutput> {
  signal?.throwIfAborted();
  const [command, commandArgs] = guarded(program, args, { mapsDevices });
  const child = spawn(command, commandArgs, {
    cwd,
    env: childEnvironment(env),
    detached: true,
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const output = collect(child, onOutput ? 'apart' : onLine);

  let forced: NodeJS.Timeout | undefined;
  const end = () => {
    killGroup(child, 'SIGTERM');
    forced = setTimeout(() => killGroup(child, 'SIGKILL'), graceMs);
  };
  signal?.addEventListener('abort', end, { once: true });
  // A grandchild that keeps our pipes open would keep us waiting for ever.
  child.once('exit', () => killGroup(child, 'SIGKILL'));
  const talk = conversation(child, { stdin, onOutput }, end);
  try {
    const [code, exitSignal] = await exitOf(child);
    const broken = await talk;
    signal?.throwIfAborted();
    if (broken) throw broken.reason;
    if (code === 0) return output;
    if (couldNotStart(code, output.stderr)) throw notFound(program);
    throw new ProgramError(program, code, exitSignal, output.stderr);
  } finally {
    clearTimeout(forced);
    signal?.removeEventListener('abort', end);
  }
}

/**
 * Feeds and reads a program for as long as it lives. What goes wrong on our side ends it and is given back; that it has
 * closed its input is its own affair.
 */
async function conversation(
  child: ChildProcess,
  { stdin, onOutput }: Pick<RunOptions, 'stdin' | 'onOutput'>,
  end: () => void,
): Promise<{ reason: unknown } | undefined> {
  child.stdin?.on('error', () => undefined);
  const feed = async () => {
    if (child.stdin && typeof stdin === 'function') await stdin(child.stdin);
    child.stdin?.end(typeof stdin === 'string' ? stdin : undefined);
  };
  const read = async () => {
    if (child.stdout) await onOutput?.(child.stdout);
  };
  try {
    await Promise.all([feed(), read()]);
    return undefined;
  } catch (reason) {
    if (isClosedPipe(reason)) return undefined;
    end();
    return { reason };
  }
}

function isClosedPipe(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE'].includes(
      String(error.code),
    )
  );
}

function collect(child: ChildProcess, onLine?: ((line: string) => void) | 'apart'): ProgramOutput {
  const output: ProgramOutput = { stdout: '', stderr: '' };
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr = (output.stderr + text).slice(-MAX_STDERR_BYTES);
  });
  if (!child.stdout || onLine === 'apart') return output;
  if (onLine) {
    createInterface({ input: child.stdout }).on('line', onLine);
  } else {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (output.stdout.length < MAX_STDOUT_BYTES) output.stdout += text;
    });
  }
  return output;
}

function exitOf(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve([code, signal]));
  });
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The whole group has ended by itself in the meantime.
  }
}

/** setpriv and prlimit say 126 or 127 (or 1, in older versions) where they could not start the program itself. */
function couldNotStart(code: number | null, stderr: string): boolean {
  return (
    (code === 1 || code === 126 || code === 127) &&
    /^(?:setpriv|prlimit): failed to execute/m.test(stderr)
  );
}

function notFound(program: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${program} cannot be started`), { code: 'ENOENT' });
}
