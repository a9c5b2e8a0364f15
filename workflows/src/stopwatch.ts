import { AsyncLocalStorage } from '@temporalio/workflow';

/** How long one piece of work has stood still so far, in ms. */
interface Watch {
  stoodMs: number;
}

/** Of the work that the running code belongs to. */
const watches = new AsyncLocalStorage<Watch>();

/** Does work at once, and tells in ms how long that has taken so far, without what it stood still for somebody. */
export function timed<T>(work: () => Promise<T>): { done: Promise<T>; tookMs: () => number } {
  const begunAt = Date.now();
  const watch = { stoodMs: 0 };
  const tookMs = () => Date.now() - begunAt - watch.stoodMs;
  return { done: watches.run(watch, work), tookMs };
}

/** From now on the work that this is called in stands still, until what is given is called. */
export function standing(): () => void {
  const since = Date.now();
  const watch = watches.getStore();
  return () => {
    if (watch) watch.stoodMs += Date.now() - since;
  };
}
