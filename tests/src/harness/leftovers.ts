import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Stack } from './stack.js';

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
