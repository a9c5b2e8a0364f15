import type { Readable } from 'node:stream';
import { runFfmpeg } from '@aura/media';
import type { ReadClip } from './painter.js';
import type { Clip } from './render-plan.js';

export interface ClipReaders {
  read: ReadClip;
  /** Ends what is still running. Errors: those of `runFfmpeg`, of a clip that did not end well. */
  close(): Promise<void>;
}

/** Reads clips from the programs that decode them; each is started when it is first asked for. */
export function clipReaders(
  clips: readonly Clip[],
  { program, cwd, signal }: { program: string; cwd?: string | undefined; signal: AbortSignal },
): ClipReaders {
  const open = new Map<number, ClipReader>();
  const openClip = (index: number) => {
    const reader = clipReader(program, clips[index]?.args ?? [], { cwd, signal });
    open.set(index, reader);
    return reader;
  };
  return {
    read: (index, into) => (open.get(index) ?? openClip(index)).read(into),
    async close() {
      for (const reader of open.values()) await reader.close();
    },
  };
}

interface ClipReader {
  read(into: Uint8Array): Promise<boolean>;
  close(): Promise<void>;
}

/** Takes from the program's output as much as is asked for, which holds the program back in between. */
function clipReader(
  program: string,
  args: readonly string[],
  { cwd, signal }: { cwd?: string | undefined; signal: AbortSignal },
): ClipReader {
  const enough = new AbortController();
  const opened = later<Readable>();
  const done = later<void>();
  const running = runFfmpeg(program, args, {
    cwd,
    signal: AbortSignal.any([signal, enough.signal]),
    onOutput: async (output) => {
      opened.resolve(output);
      await done.promise;
    },
  });
  running.catch((error: unknown) => opened.reject(error));
  opened.promise.catch(() => undefined);
  return {
    async read(into) {
      const output = await opened.promise;
      const bytes = await exactly(output, into);
      if (bytes < into.length) await ended(running, done.resolve);
      return bytes === into.length;
    },
    async close() {
      enough.abort();
      done.resolve();
      // A program is only done when its output was read or thrown away.
      void opened.promise.then((output) => output.destroy()).catch(() => undefined);
      await running.catch((error: unknown) => {
        if (error !== enough.signal.reason) throw error;
      });
    },
  };
}

function later<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((keep, break_) => {
    resolve = keep;
    reject = break_;
  });
  return { promise, resolve, reject };
}

async function ended(running: Promise<unknown>, letGo: () => void): Promise<void> {
  letGo();
  await running;
}

/** Fills memory from a stream; says how much there was of it. */
async function exactly(output: Readable, into: Uint8Array): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const wanted = into.length - filled;
    const chunk = (output.read(Math.min(wanted, output.readableLength || wanted)) ?? undefined) as
      Buffer | undefined;
    if (chunk) {
      into.set(chunk, filled);
      filled += chunk.length;
    } else if (output.readableEnded || output.destroyed) {
      return filled;
    } else {
      await oneOf(output, ['readable', 'end', 'close', 'error']);
    }
  }
  return filled;
}

function oneOf(output: Readable, events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      for (const event of events) output.off(event, go);
      resolve();
    };
    for (const event of events) output.on(event, go);
  });
}
