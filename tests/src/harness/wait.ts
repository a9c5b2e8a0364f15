import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 50;

export type Answer<T> = Exclude<T, undefined | null | false | 0>;

/**
 * Asks again and again until the answer is something (not undefined, null, false or 0), and gives it. An error of
 * the question counts as "not yet". Fails with what was waited for and the last error.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T> | T,
  withinMs = 20_000,
  everyMs = EVERY_MS,
): Promise<Answer<T>> {
  const deadline = Date.now() + withinMs;
  let reason: unknown;
  while (Date.now() < deadline) {
    try {
      const answer = await ask();
      if (answer) return answer as Answer<T>;
      reason = undefined;
    } catch (error) {
      reason = error;
    }
    await sleep(everyMs);
  }
  throw new Error(`Waited ${withinMs / 1_000} s in vain: ${what}`, { cause: reason });
}

/** The promise's own outcome, or an error that says what was waited for. */
export async function within<T>(what: string, promise: Promise<T>, withinMs = 20_000): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Waited ${withinMs / 1_000} s in vain: ${what}`)),
      withinMs,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
