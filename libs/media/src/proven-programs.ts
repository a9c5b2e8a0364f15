import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import { env } from 'node:process';

export interface Trial<T> {
  /** Has the program really do its work; says what came out of it. */
  prove: () => Promise<T>;
  /** A cheap look at a program that is proven already. */
  recheck: () => Promise<unknown>;
}

/**
 * Proves programs, each until it has succeeded once; from then on it is only rechecked, and that once in
 * `recheckAfterMs`, until its file changes. Whoever asks often thus takes nothing from the work that the
 * programs are there for. A proven program that does not answer in time keeps its answer: a busy machine is
 * no broken one. Errors: those of the trial.
 */
export function provenPrograms<T>({ recheckAfterMs = 60_000 } = {}): (
  program: string,
  trial: Trial<T>,
) => Promise<T> {
  const proven = new Map<string, { stamp: string; answer: T; seenAt: number }>();

  return async (program, { prove, recheck }) => {
    const last = proven.get(program);
    try {
      const stamp = await stampOf(program);
      if (last && last.stamp === stamp) {
        if (performance.now() - last.seenAt < recheckAfterMs) return last.answer;
        await recheck();
        last.seenAt = performance.now();
        return last.answer;
      }
      proven.delete(program);
      const answer = await prove();
      if (stamp !== undefined) proven.set(program, { stamp, answer, seenAt: performance.now() });
      return answer;
    } catch (error) {
      if (last && proven.get(program) === last && isTimeout(error)) return last.answer;
      throw error;
    }
  };
}

/** Whether an error, or one that caused it, is the end of an `AbortSignal.timeout`. */
export function isTimeout(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('name' in error && error.name === 'TimeoutError') return true;
  return 'cause' in error && isTimeout(error.cause);
}

/** Names the file that a program is and its state; undefined where there is none. */
async function stampOf(program: string): Promise<string | undefined> {
  const folders = program.includes('/') ? ['.'] : (env['PATH'] ?? '').split(path.delimiter);
  for (const folder of folders) {
    const file = path.resolve(folder, program);
    try {
      await access(file, constants.X_OK);
      const { mtimeMs, size, ino } = await stat(file);
      return [file, mtimeMs, size, ino].join(' ');
    } catch {
      // It lies in another folder, or nowhere.
    }
  }
  return undefined;
}
