import { Worker } from 'node:worker_threads';

/** How long a thread without work is kept, and how many: starting one takes a tenth of a second of CPU. */
const IDLE_MS = 20_000;
const MOST_IDLE = 2;
/** What a thread may use beside the frames' own memory. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

interface IdleThread {
  worker: Worker;
  leaves: NodeJS.Timeout;
  forget: () => void;
}

const idle: IdleThread[] = [];

/** A thread that draws; one that has done so before, where there is one. */
export function takeThread(): Worker {
  const thread = idle.pop();
  if (!thread) return new Worker(threadFile(), { resourceLimits: LIMITS, execArgv: [] });
  const { worker, leaves, forget } = thread;
  clearTimeout(leaves);
  worker.off('exit', forget).off('error', forget);
  worker.ref();
  return worker;
}

/** Keeps a thread that is done with its work for a while. It holds up nobody's end. */
export async function keepThread(worker: Worker): Promise<void> {
  if (idle.length >= MOST_IDLE) {
    await worker.terminate();
    return;
  }
  const forget = () => {
    const at = idle.indexOf(thread);
    if (at >= 0) idle.splice(at, 1);
    void worker.terminate();
  };
  const thread = { worker, forget, leaves: setTimeout(forget, IDLE_MS).unref() };
  idle.push(thread);
  worker.once('exit', forget);
  worker.once('error', forget);
  worker.unref();
}

/** Threads are started from compiled code and import such, also where this module is read as it is written. */
function threadFile(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? '../dist/thread.js' : './thread.js', import.meta.url);
}
