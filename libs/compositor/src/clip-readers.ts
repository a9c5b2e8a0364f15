import type { Readable } from 'node:stream';
import { runFfmpeg } from '@aura/media';
import type { ReadClip } from './visuals.js';
import type { Clip } from './render-plan.js';

export interface ClipReaders {
  read: ReadClip;
  /** Ends what is still running. Errors: those of `runFfmpeg`, of a clip that did not end well. */
  close(): Promise<void>;
}

interface Place {
  program: string;
  cwd?: string | undefined;
  signal: AbortSignal;
}

/** Reads clips from the programs that decode them; each is started when it is first asked for. */
export function clipReaders(clips: readonly Clip[], place: Place): ClipReaders {
  const open = new Map<number, ClipReader>();
  const reopened = async (index: number) => {
    await open.get(index)?.close();
    const reader = clipReader(clips[index]?.args ?? [], place);
    open.set(index, reader);
    return reader;
  };
  const next = async (index: number, into: Uint8Array) => {
    const isRead = await (open.get(index) ?? (await reopened(index))).read(into);
    if (isRead || !clips[index]?.loop) return isRead;
    return (await reopened(index)).read(into);
  };
  const begun = new Set<number>();
  return {
    async read(index, into) {
      const skip = begun.has(index) ? 0 : (clips[index]?.skipFrames ?? 0);
      begun.add(index);
      for (let frame = 0; frame < skip; frame += 1) if (!(await next(index, into))) return false;
      return next(index, into);
    },
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
function clipReader(args: readonly string[], { program, cwd, signal }: Place): ClipReader {
  const enough = new AbortController();
  const opened = later<Readable>();
  const done = later<void>();
  const running = runFfmpeg(program, args, {
    cwd,
    signal: AbortSignal.any([signal, enough.signal]),
    onOutput: async (output) => {
      // Node throws away what nobody listens for when a program has ended.
      output.on('readable', () => undefined);
      opened.resolve(output);
      await done.promise;
    },
  });
  running.catch((error: unknown) => opened.reject(error));
  opened.promise.catch(() => undefined);
  return {
    async read(into) {
      const bytes = await exactly(await opened.promise, into);
      if (bytes === into.length) return true;
      done.resolve();
      await running;
      return false;
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

function nothing(): void {
  // Until the promise has given its own.
}

function later<T>() {
  let resolve: (value: T) => void = nothing;
  let reject: (reason: unknown) => void = nothing;
  const promise = new Promise<T>((keep, break_) => {
    resolve = keep;
    reject = break_;
  });
  return { promise, resolve, reject };
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
