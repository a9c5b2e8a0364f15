import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { UnitName } from '@aura/proto';
import type { Stack } from './stack.js';
import { until } from './wait.js';

/** Files of unfinished work in the artifact folder: scratch folders with what is in them, and `*.part`. */
export async function leftovers(stack: Pick<Stack, 'home'>): Promise<string[]> {
  const root = path.join(stack.home, 'artifacts');
  const names = await readdir(root, { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith('.part') || name.startsWith(`scratch${path.sep}`));
}

/** What the artifact folder shows to others: blobs and results. */
export async function published(stack: Pick<Stack, 'home'>): Promise<string[]> {
  const root = path.join(stack.home, 'artifacts');
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/** Waits until nothing unfinished lies there any more: a job has ended a moment before it has cleared up. */
export async function noLeftovers(
  stack: Pick<Stack, 'home'>,
  isMine: (name: string) => boolean = () => true,
): Promise<void> {
  let left: string[] = [];
  const none = async () => (left = (await leftovers(stack)).filter(isMine)).length === 0;
  await until('no temporary file is left', none, 5_000).catch((error: Error) => {
    throw new Error(`${error.message}: ${left.join(', ')}`);
  });
}

/** The same where workers were killed: what one of them was just publishing stays as `*.part` until a sweep. */
export function noScratch(stack: Pick<Stack, 'home'>): Promise<void> {
  return noLeftovers(stack, (name) => !name.endsWith('.part'));
}

/** Forgets what this kind of work has given so far, so that the next film has to do it again. */
export async function forgetResults(stack: Stack, unit: UnitName): Promise<void> {
  const keys = stack.barrier.arrivals.filter((arrival) => arrival.unit === unit);
  await Promise.all(
    keys.map(({ key }) =>
      rm(path.join(stack.home, 'artifacts/results', key.slice(0, 2), `${key}.json`), {
        force: true,
      }),
    ),
  );
}

/** Forgets everything that has been made, save the scripts: the same order does the rest again. */
export async function forgetWork(stack: Pick<Stack, 'home'>): Promise<void> {
  const root = path.join(stack.home, 'artifacts/results');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    if (!(await readFile(file, 'utf8')).includes('"scenes"')) await rm(file);
  }
}
