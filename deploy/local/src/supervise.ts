import { setTimeout as sleep } from 'node:timers/promises';
import { textOf, type Service } from './service.js';

/** A service that is started again when it ends without being asked. */
export interface Supervised<S extends Service = Service> {
  /** The process that runs now, or ran last. */
  current(): S;
  /** Stops it and starts it no more. */
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  say: (line: string) => void;
  /** Gives up a start that is still going on. What runs is ended by `stop`. */
  signal: AbortSignal;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Who has run for so long is not in a loop of dying. */
const STEADY_AFTER_MS = 60_000;

/**
 * Starts a service, waits until it answers, and from then on starts it again whenever it dies, with
 * growing pauses. Throws, and leaves nothing, when the first start fails.
 */
export async function supervise<S extends Service>(
  start: () => Promise<S>,
  { say, signal }: SuperviseOptions,
): Promise<Supervised<S>> {
  let service = await startOnce(start, signal);
  const stopping = new AbortController();

  const watch = async () => {
    let pauseMs = FIRST_PAUSE_MS;
    while (!stopping.signal.aborted) {
      const begin = Date.now();
      const exit = await service.exited;
      if (stopping.signal.aborted) return;
      if (Date.now() - begin > STEADY_AFTER_MS) pauseMs = FIRST_PAUSE_MS;
      say(
        `${service.name} has ended (${textOf(exit)}); starting it again. Log: ${service.logFile}`,
      );
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      if (!stopping.signal.aborted) service = await again(start, service, say);
    }
  };
  const watching = watch();
  return {
    current: () => service,
    stop: async () => {
      stopping.abort();
      await service.stop();
      await watching;
      await service.stop(); // one that was just being started again
    },
  };
}

async function startOnce<S extends Service>(
  start: () => Promise<S>,
  signal: AbortSignal,
): Promise<S> {
  signal.throwIfAborted();
  const service = await start();
  try {
    await Promise.race([service.ready, whenAborted(signal)]);
    signal.throwIfAborted();
    return service;
  } catch (error) {
    await service.stop();
    throw error;
  }
}

/** A start that fails leaves the dead service in place, so that the next round tries again. */
async function again<S extends Service>(
  start: () => Promise<S>,
  dead: S,
  say: (line: string) => void,
): Promise<S> {
  try {
    const service = await start();
    void service.ready.then(() => say(`${service.name} is back.`)).catch(() => undefined);
    return service;
  } catch (error) {
    say(`${dead.name}: ${(error as Error).message}`);
    return dead;
  }
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
