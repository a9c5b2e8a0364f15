import type { Service } from '@aura/local';
import { within } from './wait.js';

/** One process of a stack: can be killed and started again, on the same port and the same data. */
export interface Part {
  readonly name: string;
  /** Of the process that runs now. */
  readonly pid: number;
  readonly isRunning: boolean;
  /** Starts it, with further settings where given, and waits until it answers. */
  start(env?: NodeJS.ProcessEnv): Promise<void>;
  /** SIGKILL; gone when this resolves. */
  kill(): Promise<void>;
  /** SIGTERM (PostgreSQL: its fast shutdown); gone when this resolves. */
  stop(): Promise<void>;
  /** Resolves when the process that runs now is gone. */
  gone(withinMs?: number): Promise<void>;
}

export function createPart(
  name: string,
  launch: (env: NodeJS.ProcessEnv) => Promise<Service>,
): Part {
  let service: Service | undefined;
  const running = () => {
    if (!service) throw new Error(`${name} does not run`);
    return service;
  };
  const gone = async (withinMs = 60_000) => {
    await within(`${name} is gone`, running().exited, withinMs);
    service = undefined;
  };
  return {
    name,
    get pid() {
      return running().pid;
    },
    get isRunning() {
      return service !== undefined;
    },
    start: async (env = {}) => {
      if (service) throw new Error(`${name} runs already`);
      service = await launch(env);
      await service.ready;
    },
    kill: async () => {
      process.kill(running().pid, 'SIGKILL');
      await gone();
    },
    stop: async () => {
      if (!service) return;
      await within(`${name} stops`, service.stop(), 60_000);
      service = undefined;
    },
    gone,
  };
}
