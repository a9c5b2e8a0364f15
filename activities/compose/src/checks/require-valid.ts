import { statfs } from 'node:fs/promises';
import { Failure } from '@aura/failure';
import type { FilmCheck as PassedCheck } from '@aura/proto';
import type { FilmCheck } from './file-checks.js';
import type { FilmExpectation } from './film-facts.js';

/** Less than this free, and a broken file is the disk's fault. */
const FULL_BYTES = 1024 * 1024;

/**
 * Holds facts against every check, and gives what each of them has found.
 * Errors: FilmInvalid:<the first check that fails>, with all of them in its details; OutOfDiskSpace where
 * the disk of `folder` is full, whatever FFmpeg has said (X1).
 */
export async function requireValid<F>(
  checks: readonly FilmCheck<F>[],
  facts: F,
  { expected, folder, of }: { expected: FilmExpectation; folder: string; of: string },
): Promise<PassedCheck[]> {
  const problems = problemsOf(checks, facts, expected);
  const [first] = problems;
  if (!first) return checks.map(({ name, found }) => ({ name, found: found(facts, expected) }));
  const details = problems.map(({ name, problem }) => `${of}: ${name}: ${problem}`).join('\n');
  if (await isFull(folder)) throw new Failure('OutOfDiskSpace', 'The disk is full.', { details });
  throw new Failure(`FilmInvalid:${first.name}`, 'The film failed a check and was not published.', {
    details,
  });
}

export function problemsOf<F>(
  checks: readonly FilmCheck<F>[],
  facts: F,
  expected: FilmExpectation,
): { name: string; problem: string }[] {
  return checks.flatMap(({ name, problem }) => {
    const found = problem(facts, expected);
    return found === undefined ? [] : [{ name, problem: found }];
  });
}

/** Whether the disk of a folder has no room left to speak of. */
export async function isFull(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < FULL_BYTES;
}
