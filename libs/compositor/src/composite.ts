import { AsyncResource } from 'node:async_hooks';
import type { Worker } from 'node:worker_threads';
import { Failure, type FailureCode } from '@aura/failure';
import type { FrameFacts } from './frame-facts.js';
import type { RenderPlan } from './render-plan.js';
import { keepThread, takeThread } from './thread-pool.js';

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

/** What a thread is told, and what it says; after all but the first it is free for other work. */
export type ThreadOrder = { kind: 'draw'; plan: RenderPlan; encoder: Encoder } | { kind: 'cancel' };
export type ThreadMessage =
  | { kind: 'frame'; frame: number }
  | { kind: 'done'; facts: FrameFacts }
  | { kind: 'canceled' }
  | { kind: 'failed'; code?: string; message: string; details?: string };

/** How long a thread has to end its encoder after a cancel before it is ended itself. */
const GRACE_MS = 5_000;
/**
 * Draws a plan in a thread and feeds an encoder with it, a frame at a time and no faster than that
 * reads. The encoder has ended when the promise is kept or broken; should its thread die, it
 * dies too.
 * Errors: those of `runWatchedFfmpeg`; InsufficientMemory; InternalError where drawing fails; the signal's reason.
 */
export async function composite({
  plan,
  encoder,
  signal,
  onFrame,
}: CompositeJob): Promise<FrameFacts> {
  signal?.throwIfAborted();
  const worker = takeThread();
  let ended: NodeJS.Timeout | undefined;
  const cancel = () => {
    tell(worker, { kind: 'cancel' });
    ended = setTimeout(() => void worker.terminate(), GRACE_MS);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const outcome = outcomeOf(worker, onFrame);
    tell(worker, { kind: 'draw', plan, encoder });
    const message = await outcome;
    await keepThread(worker);
    if (message.kind === 'done') return message.facts;
    signal?.throwIfAborted();
    throw message.kind === 'failed' ? failureOf(message) : threadFailure(message.kind);
  } catch (error) {
    if (!(error instanceof ThreadEnded)) throw error;
    await worker.terminate();
    signal?.throwIfAborted();
    throw threadFailure(error.cause);
  } finally {
    clearTimeout(ended);
    signal?.removeEventListener('abort', cancel);
  }
}

function tell(worker: Worker, order: ThreadOrder): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
  worker.postMessage(order);
}

class ThreadEnded extends Error {}

type Outcome = Exclude<ThreadMessage, { kind: 'frame' }>;

/** Errors: ThreadEnded where the thread did without a word. */
function outcomeOf(worker: Worker, onFrame?: (frame: number) => void): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    // A thread is heard in the context of whoever has started it: progress would go to work that is long over.
    const tellFrame = onFrame && AsyncResource.bind(onFrame);
    const hear = (message: ThreadMessage) => {
      if (message.kind === 'frame') return tellFrame?.(message.frame);
      leave();
      resolve(message);
    };
    const end = (cause: unknown) => {
      leave();
      reject(new ThreadEnded('a thread has ended', { cause }));
    };
    const leave = () => {
      worker.off('message', hear);
      for (const event of ENDS) worker.off(event, end);
    };
    worker.on('message', hear);
    for (const event of ENDS) worker.on(event, end);
  });
}

const ENDS = ['error', 'messageerror', 'exit'] as const;

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
