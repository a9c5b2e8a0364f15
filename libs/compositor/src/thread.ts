import type { Writable } from 'node:stream';
import { parentPort } from 'node:worker_threads';
import { Failure } from '@aura/failure';
import { runWatchedFfmpeg } from '@aura/media';
import { clipReaders } from './clip-readers.js';
import type { ThreadMessage, ThreadOrder } from './composite.js';
import type { FrameFacts } from './frame-facts.js';
import { newKernel, type Kernel } from './kernel.js';
import { painterOf } from './painter.js';

const port = parentPort;
if (!port) throw new TypeError('this runs in a thread');
const say = (message: ThreadMessage) => port.postMessage(message);

/** Of the work in hand. */
let canceled = new AbortController();
port.on('message', (order: ThreadOrder) => {
  if (order.kind === 'cancel') return canceled.abort();
  canceled = new AbortController();
  void answer(order, canceled.signal);
});

type DrawOrder = Extract<ThreadOrder, { kind: 'draw' }>;

async function answer(order: DrawOrder, signal: AbortSignal): Promise<void> {
  try {
    const facts = await draw(order, signal);
    say({ kind: 'done', facts });
  } catch (error) {
    say(signal.aborted ? { kind: 'canceled' } : failedBy(error));
  }
}

async function draw({ plan, encoder }: DrawOrder, signal: AbortSignal): Promise<FrameFacts> {
  const { program, args, ...options } = encoder;
  const clips = clipReaders(plan.clips, { program, cwd: encoder.cwd, signal });
  try {
    const painter = painterOf(plan, clips.read, clearedKernel());
    await runWatchedFfmpeg(program, args, {
      ...options,
      signal,
      onFrame: (frame) => say({ kind: 'frame', frame }),
      stdin: (input) => feed(input, plan.frames, (frame) => painter.paint(frame)),
    });
    return painter.facts();
  } finally {
    await clips.close();
  }
}

let kept: Kernel | undefined;

/**
 * The kernel of this thread: what the run before has taken is given out anew, rather than waiting for a collector that
 * knows nothing of how large it is.
 */
function clearedKernel(): Kernel {
  kept ??= newKernel();
  kept.clear();
  return kept;
}

/** Draws one frame while the one before is on its way. Frames go from where they were drawn, without a copy. */
async function feed(
  input: Writable,
  frames: number,
  paint: (frame: number) => Promise<Uint8Array>,
): Promise<void> {
  let onItsWay: Promise<void> = Promise.resolve();
  for (let frame = 0; frame < frames; frame += 1) {
    const bytes = await paint(frame);
    await onItsWay;
    onItsWay = written(input, bytes);
    onItsWay.catch(() => undefined);
    // Messages are only heard between two turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await onItsWay;
}

function written(input: Writable, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    input.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

function failedBy(error: unknown): ThreadMessage {
  if (error instanceof Failure) {
    const { code, message, details } = error;
    return { kind: 'failed', code, message, details };
  }
  const message = 'The frames of the film could not be drawn.';
  return { kind: 'failed', code: 'InternalError', message, details: String(error) };
}
