import { Worker } from 'node:worker_threads';
import { Failure, type FailureCode } from '@aura/failure';
import type { FrameFacts } from './frame-facts.js';
import type { RenderPlan } from './render-plan.js';

export interface CompositeJob {
  plan: RenderPlan;
  encoder: Encoder;
  signal?: AbortSignal;
  /** Frames that the encoder has written so far. */
  onFrame?: (frame: number) => void;
}

/** An FFmpeg that reads the run's frames from its input, as `frameInput` says. */
export interface Encoder {
  program: string;
  args: string[];
  cwd?: string;
  /** Which step is named when it hangs, and how long it may go without progress. */
  step: string;
  stallMs?: number;
  /** It maps a graphics device, and may take any amount of address space. */
  mapsDevices?: boolean;
}

/** FFmpeg's arguments for an input that is the frames of a plan. */
export function frameInput(
  { widthPx, heightPx }: Pick<RenderPlan, 'widthPx' | 'heightPx'>,
  rate: string,
): string[] {
  return [
    ['-f', 'rawvideo', '-format_whitelist', 'rawvideo', '-protocol_whitelist', 'pipe'],
    ['-pixel_format', 'yuv420p', '-video_size', `${widthPx}x${heightPx}`],
    ['-framerate', rate, '-i', 'pipe:0'],
  ].flat();
}

/** What a thread is started with, and what it says. */
export interface ThreadData {
  plan: RenderPlan;
  encoder: Encoder;
}
export type ThreadMessage =
  | { kind: 'frame'; frame: number }
  | { kind: 'done'; facts: FrameFacts }
  | { kind: 'canceled' }
  | { kind: 'failed'; code?: string; message: string; details?: string };

/** How long a thread has to end its encoder after a cancel before it is ended itself. */
const GRACE_MS = 5_000;
/** What a thread may use beside the frames' own memory. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/**
 * Draws a plan in a thread of its own and feeds an encoder with it, a frame at a time and no faster than that
 * reads. Nothing of both is left when the promise is kept or broken; should this thread die, the encoder dies too.
 * Errors: those of `runWatchedFfmpeg`; InsufficientMemory; InternalError where drawing fails; the signal's reason.
 */
export async function composite({
  plan,
  encoder,
  signal,
  onFrame,
}: CompositeJob): Promise<FrameFacts> {
  signal?.throwIfAborted();
  const workerData: ThreadData = { plan, encoder };
  const worker = new Worker(threadFile(), { workerData, resourceLimits: THREAD_LIMITS });
  let ended: NodeJS.Timeout | undefined;
  const cancel = () => {
    worker.postMessage('cancel');
    ended = setTimeout(() => void worker.terminate(), GRACE_MS);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await outcomeOf(worker, onFrame);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(ended);
    signal?.removeEventListener('abort', cancel);
    await worker.terminate();
  }
}

function outcomeOf(worker: Worker, onFrame?: (frame: number) => void): Promise<FrameFacts> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: ThreadMessage) => {
      switch (message.kind) {
        case 'frame':
          return onFrame?.(message.frame);
        case 'done':
          return resolve(message.facts);
        case 'canceled':
          return reject(new Error('canceled'));
        case 'failed':
          return reject(failureOf(message));
      }
    });
    worker.on('error', (cause) => reject(threadFailure(cause)));
    worker.on('exit', (code) => reject(threadFailure(new Error(`it ended with ${code}`))));
  });
}

function failureOf({ code, message, details }: Extract<ThreadMessage, { kind: 'failed' }>) {
  return new Failure((code ?? 'InternalError') as FailureCode, message, { details });
}

function threadFailure(cause: unknown): Failure {
  const isMemory =
    cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isMemory
    ? new Failure('InsufficientMemory', 'There is too little memory to draw the film.', { cause })
    : new Failure('InternalError', 'The frames of the film could not be drawn.', {
        details: String(cause),
        cause,
      });
}

/** Threads are started from compiled code, also where this module is read as it is written. */
function threadFile(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? '../dist/thread.js' : './thread.js', import.meta.url);
}
