import { condition, defineSignal, setHandler } from '@temporalio/workflow';
import { PAUSE_SIGNAL, type PauseWish } from '@aura/proto';
import { standing } from './stopwatch.js';

const pauseSignal = defineSignal<[PauseWish]>(PAUSE_SIGNAL);

/** Modules are each workflow's own: this is the pause of the one film that is being made here. */
let newest: PauseWish = { paused: false, order: -1 };

/** Listens to the user from now on; `onChange` is called where what is wished differs from before. */
export function hearPause(onChange: (isPaused: boolean) => void): void {
  setHandler(pauseSignal, (wish) => {
    if (wish.order <= newest.order) return;
    const before = newest;
    newest = wish;
    if (wish.paused !== before.paused) onChange(wish.paused);
  });
}

/**
 * Begins a unit of work once the job is not paused: at once, in the very call, where it is not. A cancel ends the
 * waiting. What is begun already, its attempts and their retries, is not held.
 */
export function onceGoing<T>(begin: () => Promise<T>): Promise<T> {
  if (!newest.paused) return begin();
  const goesOn = standing();
  return untilGoing().then(() => {
    goesOn();
    return begin();
  });
}

async function untilGoing(): Promise<void> {
  // Whoever is let go first may find the job paused anew.
  while (newest.paused) await condition(() => !newest.paused);
}

/** Waits until the job is not paused; what it gives waits for the next thing that its user wishes since. */
export async function goingAgain(): Promise<{ hasChanged(): Promise<void> }> {
  await untilGoing();
  const { order } = newest;
  return { hasChanged: () => condition(() => newest.order > order && !newest.paused) };
}
